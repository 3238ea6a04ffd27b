package dev.lockstep.simulation.twoway;

import dev.lockstep.simulation.schema.LockstepProcess;
import dev.lockstep.testkit.servers.RealPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Two databases, a two-way sync for each policy between them, editors at both ends, and a Lockstep
 * that is killed. In the end both must be equal, and every edit must be at both ends, or
 * overwritten by somebody who saw it, or in the log of conflicts.
 */
public final class TwoWaySimulation {
  /** All there are, and one with a policy for a field. */
  static final List<String> POLICIES = List.of("newest", "from", "to", "merge", "hold", "mixed");

  private static final int EDITORS = 2;
  private static final int LOOKS_FOR_CALM = 30;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final List<String> policies;
  private final long seed;
  private final Duration length;
  private final Duration killEvery;
  private final Path folder;
  private final Consumer<String> teller;
  private final RealPostgres server = RealPostgres.newest();
  private final String from = server.url(server.createDatabase());
  private final String to = server.url(server.createDatabase());
  private final Editor.Told told = new Editor.Told();
  private final List<String> faults = new ArrayList<>();
  private volatile boolean over;
  private @Nullable LockstepProcess process;
  private long kills;

  TwoWaySimulation(
      List<String> policies,
      long seed,
      Duration length,
      Duration killEvery,
      Path folder,
      Consumer<String> teller) {
    this.policies = policies;
    this.seed = seed;
    this.length = length;
    this.killEvery = killEvery;
    this.folder = folder;
    this.teller = teller;
  }

  public TwoWayReport run() throws IOException, InterruptedException, SQLException {
    prepare();
    start();
    confirm();
    List<Thread> editors = edit();
    killFor(length);
    over = true;
    for (Thread editor : editors) {
      editor.join();
    }
    teller.accept(told.edits() + " edits made, " + kills + " kills; waiting for both to be equal");
    settle();
    return report();
  }

  private LockstepProcess lockstep() {
    LockstepProcess running = process;
    if (running == null) {
      throw new IllegalStateException("nothing runs");
    }
    return running;
  }

  private void prepare() throws IOException, SQLException {
    StringBuilder syncs = new StringBuilder();
    for (String policy : policies) {
      for (String url : List.of(from, to)) {
        execute(
            url, "CREATE TABLE " + table(policy) + " (id int PRIMARY KEY, name text, note text)");
      }
      String conflicts =
          policy.equals("mixed")
              ? "{policy: newest, fields: {note: to}}"
              : "{policy: " + policy + "}";
      syncs
          .append("  ")
          .append(policy)
          .append(": {from: one.public.")
          .append(table(policy))
          .append(", to: other.public.")
          .append(table(policy))
          .append(", direction: both, conflicts: ")
          .append(conflicts)
          .append("}\n");
    }
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:0", data: state}
        systems:
          one: {connector: postgresql, url: "%s", user: %s}
          other: {connector: postgresql, url: "%s", user: %s}
        syncs:
        %s\
        """
            .formatted(from, server.user(), to, server.user(), syncs));
  }

  private static String table(String policy) {
    return "t_" + policy;
  }

  private void start() throws IOException {
    process = LockstepProcess.up(folder, folder.resolve("lockstep.log"));
  }

  private void confirm() throws InterruptedException {
    for (String policy : policies) {
      await(
          "the first comparison of " + policy,
          () -> {
            Optional<JsonNode> answer =
                lockstep().post("/api/v1/syncs/" + policy + "/first?different=hold");
            return answer.filter(it -> it.has("requested")).isPresent();
          });
    }
    await("all to be ready", () -> syncs().filter(TwoWaySimulation::areReady).isPresent());
  }

  private Optional<JsonNode> syncs() throws InterruptedException {
    return lockstep().get("/api/v1/syncs").map(answer -> answer.get("items"));
  }

  private static boolean areReady(JsonNode syncs) {
    return syncs.valueStream().allMatch(sync -> sync.get("state").stringValue().equals("ready"));
  }

  private static boolean areSettled(JsonNode syncs) {
    return areReady(syncs)
        && syncs
            .valueStream()
            .allMatch(sync ->
                sync.get("counts").get("waiting").longValue() == 0
                    && sync.get("balanced").booleanValue());
  }

  private List<Thread> edit() throws SQLException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Thread> threads = new ArrayList<>();
    for (String url : List.of(from, to)) {
      for (int i = 0; i < EDITORS; i++) {
        Connection connection = DriverManager.getConnection(url, server.user(), "");
        SplittableRandom own = random.split();
        threads.add(Thread.ofVirtual().start(() -> edit(connection, own)));
      }
    }
    return threads;
  }

  private void edit(Connection connection, SplittableRandom random) {
    try (connection) {
      Editor editor = new Editor(connection, random.split(), told);
      while (!over) {
        editor.edit(table(policies.get(random.nextInt(policies.size()))));
        Thread.sleep(random.nextInt(25));
      }
    } catch (SQLException e) {
      synchronized (faults) {
        faults.add("an editor failed: " + e.getMessage());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void killFor(Duration time) throws InterruptedException, IOException {
    SplittableRandom random = new SplittableRandom(seed + 1);
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      long wait = killEvery.toMillis() / 2 + random.nextLong(killEvery.toMillis());
      Thread.sleep(Math.min(wait, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
      lockstep().kill();
      kills++;
      start();
    }
  }

  private void settle() throws InterruptedException, SQLException {
    await(
        "all to be settled",
        () -> {
          resolve();
          return syncs().filter(TwoWaySimulation::areSettled).isPresent();
        });
    for (String policy : policies) {
      String one = digest(from, table(policy));
      String other = digest(to, table(policy));
      if (!one.equals(other)) {
        faults.add(policy + ": the ends are not equal: " + one + " and " + other);
      }
    }
  }

  /** Decides what waits for a person. */
  private void resolve() throws InterruptedException {
    Optional<JsonNode> held = lockstep().get("/api/v1/conflicts?state=held&limit=1000");
    if (held.isPresent() && held.get().has("items")) {
      for (JsonNode conflict : held.get().get("items")) {
        String path =
            "/api/v1/syncs/"
                + conflict.get("sync").stringValue()
                + "/conflicts/"
                + conflict.get("key").stringValue();
        lockstep().post(path + "?take=from");
      }
    }
  }

  private TwoWayReport report() throws InterruptedException, SQLException {
    long captured = captured();
    JsonNode syncs = syncs().orElseThrow();
    Set<String> logged = new HashSet<>();
    long conflicts = conflicts(logged);
    Set<String> lost = new HashSet<>(told.given());
    lost.removeAll(told.seen());
    lost.removeAll(logged);
    lost.removeAll(present());
    lost.stream().sorted().limit(10).forEach(value -> faults.add("edit " + value + " is lost"));
    // An edit is captured once where it was made and once where it was brought to; a decision
    // writes both ends at most.
    if (captured > 2 * (told.edits().get() + conflicts)) {
      faults.add(captured + " changes captured of " + told.edits() + " edits: echoes go round");
    }
    if (!lockstep().stop()) {
      faults.add("Lockstep did not end in peace");
    }
    return new TwoWayReport(
        seed,
        told.edits().get(),
        kills,
        conflicts,
        captured,
        sum(syncs, "applied"),
        sum(syncs, "echoes"),
        faults);
  }

  /** How many changes were captured, once no more come: those of our last writes come late. */
  private long captured() throws InterruptedException {
    long before = -1;
    for (int i = 0; i < LOOKS_FOR_CALM; i++) {
      long now = sum(syncs().orElseThrow(), "captured");
      if (now == before) {
        return now;
      }
      before = now;
      Thread.sleep(2_000);
    }
    faults.add("something is still written though nobody edits");
    return before;
  }

  private static long sum(JsonNode syncs, String count) {
    return syncs.valueStream().mapToLong(sync -> sync.get("counts").get(count).longValue()).sum();
  }

  /** Collects the values that conflicts kept, and answers how many conflicts there are. */
  private long conflicts(Set<String> values) throws InterruptedException {
    long after = 0;
    long count = 0;
    while (true) {
      JsonNode page = lockstep().get("/api/v1/conflicts?limit=1000&after=" + after).orElseThrow();
      for (JsonNode line : page.get("items")) {
        after = line.get("id").longValue();
        count++;
        JsonNode whole = lockstep().get("/api/v1/conflicts/" + after).orElseThrow();
        for (String end : List.of("from", "to")) {
          if (whole.hasNonNull(end)) {
            whole.get(end).valueStream().forEach(value -> values.add(value.asString()));
          }
        }
        if (line.get("state").stringValue().equals("pending")) {
          faults.add("conflict " + after + " is still pending");
        }
      }
      if (!page.has("next")) {
        return count;
      }
    }
  }

  private Set<String> present() throws SQLException {
    Set<String> values = new HashSet<>();
    for (String policy : policies) {
      try (Connection connection = DriverManager.getConnection(from, server.user(), "");
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT coalesce(name, ''), coalesce(note, '') FROM " + table(policy))) {
        while (row.next()) {
          values.add(row.getString(1));
          values.add(row.getString(2));
        }
      }
    }
    return values;
  }

  private String digest(String url, String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, server.user(), "");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' ORDER BY id)), '')"
                    + " FROM "
                    + table
                    + " t")) {
      row.next();
      return row.getString(1);
    }
  }

  private void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, server.user(), "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  private void await(String what, Condition condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "waited in vain for " + what + ": " + syncs().map(JsonNode::toString).orElse(""));
      }
      Thread.sleep(100);
    }
  }
}
