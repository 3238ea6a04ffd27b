package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.config.Loaded;
import dev.lockstep.testkit.Await;
import dev.lockstep.testkit.servers.RealPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records whose keys change at the source while their large values stay, and are not logged. */
abstract class KeyMoveTests {
  private static final String DOCS =
      """
      CREATE TABLE docs (id bigint PRIMARY KEY, title text, body text NOT NULL, more text);
      ALTER TABLE docs ALTER body SET STORAGE EXTERNAL, ALTER more SET STORAGE EXTERNAL;
      CREATE TABLE labels (name text PRIMARY KEY, serial int UNIQUE, note text NOT NULL);
      ALTER TABLE labels ALTER note SET STORAGE EXTERNAL\
      """;

  private static final String PAGES =
      """
      CREATE TABLE pages (doc bigint REFERENCES docs ON UPDATE CASCADE ON DELETE CASCADE, no int,
        text text NOT NULL, PRIMARY KEY (doc, no));
      ALTER TABLE pages ALTER text SET STORAGE EXTERNAL\
      """;

  private static final String FILL =
      """
      INSERT INTO docs SELECT g, 'doc', repeat('body ' || g, 500), repeat('more ' || g, 600)
        FROM generate_series(1, 60) g;
      INSERT INTO labels SELECT 'l' || g, g, repeat('note ' || g, 500) FROM generate_series(1, 60) g\
      """;

  private static final List<String> TABLES = List.of("docs", "labels");

  private final RealPostgres server;
  private final String source;
  private final String target;
  @TempDir private Path folder;

  KeyMoveTests(RealPostgres server) {
    this.server = server;
    this.source = server.url(server.createDatabase());
    this.target = server.url(server.createDatabase());
  }

  private Connection connect(String url) throws SQLException {
    return url.startsWith("jdbc:postgresql")
        ? DriverManager.getConnection(url, server.user(), "")
        : DriverManager.getConnection(url);
  }

  private void execute(String url, String... statements) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Rows as texts, with what tells their large values apart. */
  private List<String> rows(String url, String query) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          String value = String.valueOf(row.getString(i));
          text.append(value, 0, Math.min(12, value.length())).append('#').append(value.length());
          text.append(' ');
        }
        rows.add(text.toString());
      }
      return rows;
    }
  }

  @AfterEach
  void dropSlots() throws SQLException {
    String slots = " FROM pg_replication_slots WHERE database = current_database()";
    execute(source, "SELECT pg_terminate_backend(active_pid)" + slots + " AND active");
    while (!rows(source, "SELECT 1" + slots + " AND active").isEmpty()) {
      Thread.onSpinWait();
    }
    execute(source, "SELECT pg_drop_replication_slot(slot_name)" + slots);
  }

  private Lockstep open(String systems, String syncs) throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        systems:
          one: {connector: postgresql, url: "%s", user: %s}
          other: {connector: postgresql, url: "%s", user: %s}
        %s
        syncs:
        %s
        """
            .formatted(
                source,
                server.user(),
                target,
                server.user(),
                systems.indent(2).stripTrailing(),
                syncs.indent(2)));
    return switch (Lockstep.load(folder)) {
      case Loaded.Valid(var configuration) ->
          Lockstep.open(configuration, Clock.systemUTC(), Steps.NONE);
      case Loaded.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  @Test
  void wholeTransactionsBringThemAlong() throws Exception {
    for (String url : List.of(source, target)) {
      execute(url, DOCS, PAGES);
    }
    execute(source, FILL);
    execute(
        source,
        "INSERT INTO pages SELECT id, n, repeat('page ' || id, 400) FROM docs,"
            + " generate_series(1, 2) n WHERE id <= 30");
    try (Lockstep lockstep =
        open("", "copy: {from: one.public.*, to: other.public.*, strategy: event}")) {
      follow(lockstep, 3, 11);
      same(lockstep, target, "SELECT id, title, body, more FROM docs ORDER BY id");
      same(lockstep, target, "SELECT name, serial, note FROM labels ORDER BY name");
      same(lockstep, target, "SELECT doc, no, text FROM pages ORDER BY doc, no");
      nothingIsDead(lockstep);
    }
  }

  @Test
  void throughTheJournalTheyComeToAnyDatabase() throws Exception {
    execute(source, DOCS, FILL);
    execute(target, DOCS);
    String lite = "jdbc:sqlite:" + folder.resolve("lite.db");
    StringBuilder syncs = new StringBuilder();
    for (String table : TABLES) {
      for (String to : List.of("other.public.", "lite.")) {
        syncs
            .append(table + "_" + to.charAt(0))
            .append(": {from: one.public." + table + ", to: " + to + table)
            .append(", strategy: event, create: true}\n");
      }
    }
    try (Lockstep lockstep =
        open("lite: {connector: jdbc, url: \"" + lite + "\"}", syncs.toString())) {
      follow(lockstep, 4, 12);
      for (String url : List.of(target, lite)) {
        same(lockstep, url, "SELECT id, title, body, more FROM docs ORDER BY id");
        same(lockstep, url, "SELECT name, serial, note FROM labels ORDER BY name");
      }
      nothingIsDead(lockstep);
    }
  }

  private void follow(Lockstep lockstep, int syncs, long seed) throws Exception {
    lockstep.start();
    await(
        lockstep,
        () ->
            lockstep.engine().syncs().stream().filter(s -> s.staleness().isPresent()).count()
                == syncs);
    try (Connection connection = connect(source)) {
      connection.setAutoCommit(false);
      Random random = new Random(seed);
      for (int i = 0; i < 150; i++) {
        try (Statement statement = connection.createStatement()) {
          for (int n = random.nextInt(5); n >= 0; n--) {
            change(statement, random);
          }
        }
        connection.commit();
      }
    }
  }

  private static void change(Statement work, Random random) throws SQLException {
    int one = 1 + random.nextInt(90);
    int other = 1 + random.nextInt(90);
    String free =
        "UPDATE docs SET id = %d, title = title || '>' WHERE id = %d AND NOT EXISTS (SELECT FROM docs WHERE id = %d)";
    switch (random.nextInt(10)) {
      case 0, 1 -> work.execute(free.formatted(one, other, one));
      case 2 -> {
        work.execute("UPDATE docs SET id = -1 WHERE id = " + one);
        work.execute("UPDATE docs SET id = %d WHERE id = %d".formatted(one, other));
        work.execute("UPDATE docs SET id = %d WHERE id = -1".formatted(one == other ? one : other));
      }
      case 3 -> {
        // All of some numbers move up, the last first.
        for (int id = 40; id >= 30; id--) {
          work.execute(free.formatted(id + 1, id, id + 1));
        }
      }
      case 4 ->
          work.execute(
              "UPDATE docs SET title = left('t%d' || title, 20), more = CASE WHEN id %% 2 = 0 THEN more || 'x' ELSE more END WHERE id = %d"
                  .formatted(other, one));
      case 5 -> {
        work.execute("DELETE FROM docs WHERE id = " + one);
        work.execute(free.formatted(one, other, one));
      }
      case 6 -> {
        work.execute(free.formatted(one, other, one));
        work.execute("DELETE FROM docs WHERE id = %d AND title LIKE '%%>>>'".formatted(one));
      }
      case 7 -> {
        work.execute(free.formatted(one, other, one));
        work.execute(
            "INSERT INTO docs VALUES (%d, 'new', repeat('fresh %d', 700)) ON CONFLICT DO NOTHING"
                .formatted(other, other));
      }
      case 8 -> {
        work.execute(
            "UPDATE labels SET name = name || '.' WHERE serial = %d AND length(name) < 12"
                .formatted(one));
        work.execute(
            "UPDATE labels SET serial = serial + 100 - 200 * (serial / 100) WHERE serial IN (%d, %d)"
                .formatted(one, one + 100));
      }
      default -> {
        work.execute("UPDATE labels SET name = 'tmp' WHERE serial = " + one);
        work.execute(
            "UPDATE labels SET name = 'l%d' WHERE serial = %d AND NOT EXISTS (SELECT FROM labels WHERE name = 'l%d')"
                .formatted(one, other, one));
        work.execute("UPDATE labels SET name = 'm' || serial WHERE name = 'tmp'");
      }
    }
  }

  /** Something that is to become so. */
  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Lockstep lockstep, Condition condition) throws Exception {
    long end = System.nanoTime() + Await.LONGEST.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(lockstep.engine().syncs() + " " + letters(lockstep));
      }
      Thread.sleep(20);
    }
  }

  private void same(Lockstep lockstep, String url, String query) throws Exception {
    List<String> wanted = rows(source, query);
    assertThat(wanted).hasSizeGreaterThan(20);
    long end = System.nanoTime() + Await.LONGEST.toNanos();
    while (!rows(url, query).equals(wanted) && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(rows(url, query)).as(letters(lockstep).toString()).isEqualTo(wanted);
  }

  private static List<String> letters(Lockstep lockstep) throws InterruptedException {
    return lockstep.engine().letters(null, null, 0, 5).stream()
        .map(letter -> letter.sync() + " " + letter.key() + " " + letter.reason())
        .toList();
  }

  private static void nothingIsDead(Lockstep lockstep) throws Exception {
    assertThat(letters(lockstep)).isEmpty();
    await(lockstep, () -> lockstep.engine().syncs().stream().allMatch(SyncStatus::isBalanced));
  }
}
