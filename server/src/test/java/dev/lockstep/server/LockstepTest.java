package dev.lockstep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Problem;
import dev.lockstep.engine.Finding;
import dev.lockstep.engine.RunRequest;
import dev.lockstep.engine.Trace;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.hub.Author;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.EntryQuery;
import dev.lockstep.hub.Hub;
import dev.lockstep.server.config.ConfigProblem;
import dev.lockstep.server.config.Loaded;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockstepTest {
  private static final int ENTRIES = 25;

  @TempDir Path folder;
  private String database = "";

  @BeforeEach
  void writeTheConfiguration() throws IOException, SQLException {
    database = "jdbc:sqlite:" + folder.resolve("reports.db");
    execute("CREATE TABLE partners (code TEXT PRIMARY KEY, name TEXT)");
    write("text");
  }

  @Test
  void carriesEntriesFromTheHubToADatabase() throws Exception {
    try (Lockstep lockstep = Lockstep.open(folder)) {
      fill(lockstep.hub().orElseThrow());
      Run run = lockstep.engine().run("partners", new RunRequest(true, false), RunProgress.SILENT);
      assertThat(run.state()).isEqualTo(Run.State.DONE);
      assertThat(run.counts().applied()).isEqualTo(ENTRIES);
    }
    assertThat(count("SELECT count(*) FROM partners WHERE name LIKE 'Partner %'"))
        .isEqualTo(ENTRIES);
  }

  @Test
  void tracesAnEntryOfTheHubWhileNothingRuns() throws Exception {
    try (Lockstep lockstep = Lockstep.open(folder)) {
      fill(lockstep.hub().orElseThrow());
      lockstep.engine().run("partners", new RunRequest(true, false), RunProgress.SILENT);
    }
    try (StoredLockstep stored = stored()) {
      Trace trace = stored.trace("partners", "D3");
      assertThat(trace.inTarget().orElseThrow().get("name")).isEqualTo("Partner 3");
    }
    write("int");
    try (StoredLockstep stored = stored()) {
      Trace trace = stored.trace("partners", "D3");
      assertThat(trace.targetAsked()).isFalse();
      assertThat(trace.note()).contains("start Lockstep once");
    }
  }

  private StoredLockstep stored() throws InterruptedException {
    return switch (Lockstep.load(folder)) {
      case Loaded.Valid(var configuration) ->
          StoredLockstep.open(configuration, InstantSource.system());
      case Loaded.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  @Test
  void namesItsSystemsWithTheHubFirst() throws InterruptedException {
    try (Lockstep lockstep = Lockstep.open(folder)) {
      assertThat(lockstep.engine().systems())
          .extracting(system -> system.name() + " " + system.connector())
          .containsExactly("hub hub", "reports jdbc");
    }
  }

  @Test
  void keepsTheHubsEntriesWhenItIsOpenedAgain() throws InterruptedException {
    try (Lockstep lockstep = Lockstep.open(folder)) {
      fill(lockstep.hub().orElseThrow());
    }
    try (Lockstep again = Lockstep.open(folder)) {
      assertThat(again.hub().orElseThrow().objects()).hasSize(1);
      assertThat(again.hub().orElseThrow().list("distributors", EntryQuery.page(0, 100)).entries())
          .hasSize(ENTRIES);
    }
  }

  @Test
  void startsAndStops() throws InterruptedException {
    try (Lockstep lockstep = Lockstep.open(folder)) {
      lockstep.start();
      assertThat(lockstep.engine().syncs()).hasSize(1);
    }
    assertThat(Files.exists(folder.resolve(".lockstep/lockstep.db"))).isTrue();
  }

  @Test
  void refusesASecondInstanceOnTheSameStore() throws InterruptedException {
    try (Lockstep first = Lockstep.open(folder)) {
      assertThatThrownBy(() -> Lockstep.open(folder)).isInstanceOf(StoreException.class);
      assertThat(first.engine().syncs()).hasSize(1);
    }
  }

  @Test
  void tellsWhatIsWrongInsteadOfOpening() throws IOException {
    Files.writeString(folder.resolve("lockstep.yaml"), "lockstep: 1\nsytems: {}\n");
    assertThat(Lockstep.load(folder)).isInstanceOf(Loaded.Invalid.class);
    assertThatThrownBy(() -> Lockstep.open(folder))
        .isInstanceOf(ConfigurationRefused.class)
        .hasMessage("lockstep.yaml:2:1 sytems: there is no key 'sytems' here; write 'systems'");
    assertThat(Files.exists(folder.resolve(".lockstep"))).isFalse();
  }

  @Test
  void tellsTheLineOfAnObjectThatWouldLoseWhatItsEntriesHold() throws Exception {
    try (Lockstep lockstep = Lockstep.open(folder)) {
      fill(lockstep.hub().orElseThrow());
    }
    write("int");
    assertThatThrownBy(() -> Lockstep.open(folder))
        .isInstanceOfSatisfying(
            ConfigurationRefused.class,
            refused -> {
              assertThat(refused.problems()).hasSize(1);
              assertThat(refused.problems().getFirst().line()).isEqualTo(6);
            });
    write("text");
    try (Lockstep again = Lockstep.open(folder)) {
      assertThat(again.hub()).isPresent();
    }
  }

  @Test
  void findsThePlaceOfWhatACheckFinds() throws InterruptedException {
    try (Lockstep lockstep = Lockstep.open(folder)) {
      ConfigProblem located =
          lockstep.located(
              new Finding("syncs.partners", new Problem("map.name", "fault", "remedy"), true));
      assertThat(located.path()).isEqualTo("syncs.partners.map.name");
      assertThat(located.line()).isEqualTo(11);
    }
  }

  private static void fill(Hub hub) throws InterruptedException {
    for (int i = 0; i < ENTRIES; i++) {
      hub.create(
          "distributors", new Draft("D" + i, Map.of("name", "Partner " + i)), Author.UNKNOWN);
    }
  }

  private void write(String type) throws IOException {
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        systems:
          reports: {connector: jdbc, url: "%s"}
        hub:
          objects:
            distributors: {fields: {name: %s}}
        syncs:
          partners:
            from: hub.distributors
            to: reports.partners
            map: {code: record.externalReferenceCode, name: record.name}
        """
            .formatted(database, type));
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int count(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
