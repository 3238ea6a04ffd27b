package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Commands.Outcome;
import dev.lockstep.server.Lockstep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What commands tell while nothing runs: what the store holds, which they leave as it is. */
final class StoppedTest {
  private static final List<List<String>> READING =
      List.of(
          List.of("status"),
          List.of("letters", "list"),
          List.of("letters", "show", "1"),
          List.of("trace", "balances", "1"));

  @TempDir private Path folder;
  private Commands commands;

  @BeforeEach
  void prepare() throws IOException {
    commands = new Commands(folder);
  }

  @Test
  void statusTellsThatNothingRunsAndWhatWasCounted() throws Exception {
    commands.rows("1,Ada,10.50", "2,Bob,much");
    commands.run("run", "balances");
    Outcome status = commands.run("status");
    assertThat(status.code()).as(status.err()).isEqualTo(0);
    assertThat(status.out())
        .contains("Lockstep is not running here", "lockstep up", "not running", "folder", "reports")
        .doesNotContain("starting", "reachable", "DO NOT ADD UP");
    JsonNode document = commands.run("status", "--json").json();
    assertThat(document.get("running").booleanValue()).isFalse();
    assertThat(document.get("systems")).hasSize(2);
    JsonNode sync = document.get("syncs").get(0);
    assertThat(sync.get("state").stringValue()).isEqualTo("stopped");
    assertThat(sync.get("balanced").booleanValue()).isTrue();
    assertThat(sync.get("counts").get("captured").longValue()).isEqualTo(2);
    assertThat(sync.get("counts").get("dead").longValue()).isEqualTo(1);
    assertThat(sync.get("openLetters").longValue()).isEqualTo(1);
    assertThat(sync.get("lastRun").get("state").stringValue()).isEqualTo("partial");
    assertThat(commands.run("letters", "list", "--sync", "nope").err()).contains("no sync 'nope'");
  }

  @Test
  void readingChangesNothingAndNeedsNoLock() throws Exception {
    commands.rows("1,Ada,10.50", "2,Bob,much");
    commands.run("run", "balances");
    var before = files();
    for (List<String> command : READING) {
      Outcome outcome = commands.run(command.toArray(String[]::new));
      assertThat(outcome.code()).as(outcome.err()).isEqualTo(0);
    }
    assertThat(files()).isEqualTo(before).isNotEmpty();
    try (Lockstep owner = Lockstep.open(folder)) {
      assertThat(owner.engine().letters(null, null, 0, 10)).hasSize(1);
      for (List<String> command : READING) {
        Outcome outcome = commands.run(command.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(0);
      }
    }
  }

  /** The store's file and its lock; the index beside it belongs to whoever reads. */
  private TreeMap<String, String> files() throws IOException {
    TreeMap<String, String> found = new TreeMap<>();
    try (var all = Files.list(folder.resolve(".lockstep"))) {
      for (Path file : all.filter(one -> !one.toString().endsWith("-shm")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length > 0) {
          found.put(file.getFileName().toString(), Integer.toString(Arrays.hashCode(bytes)));
        }
      }
    }
    return found;
  }

  @Test
  void aTraceAsksTheTargetAndSaysWhatItCouldNotSee() throws Exception {
    commands.run("run", "balances");
    var before = files();
    JsonNode trace = commands.run("trace", "balances", "1", "--json").json();
    assertThat(trace.get("targetAsked").booleanValue()).isTrue();
    assertThat(trace.get("inTarget").get("name").stringValue()).isEqualTo("Ada");
    assertThat(commands.run("trace", "balances", "1").out())
        .contains("\"Ada\"", "a run brought it");
    assertThat(commands.run("trace", "balances", "7").out())
        .contains("in the target: no such record");
    Files.delete(folder.resolve("in/balances.csv"));
    Files.delete(folder.resolve("in"));
    Outcome blind = commands.run("trace", "balances", "1");
    assertThat(blind.code()).as(blind.err()).isEqualTo(0);
    assertThat(blind.out()).contains("in the target: could not be seen", "source");
    assertThat(files()).isEqualTo(before).isNotEmpty();
  }

  @Test
  void withoutAStoreItIsToldWhatToDoAndNoneIsMade() {
    for (List<String> command : READING) {
      Outcome outcome = commands.run(command.toArray(String[]::new));
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("lockstep.db", "does not exist", "start Lockstep");
      assertThat(outcome.out()).isEmpty();
    }
    assertThat(folder.resolve(".lockstep")).doesNotExist();
  }

  @Test
  void aNewerOrDamagedStoreIsRefusedWithWhatToDo() throws Exception {
    commands.run("run", "balances");
    Path store = folder.resolve(".lockstep/lockstep.db");
    execute(store, "UPDATE part SET version = 99 WHERE part.name = 'delivery'");
    Outcome newer = commands.run("status");
    assertThat(newer.code()).isEqualTo(1);
    assertThat(newer.err()).contains("newer Lockstep", "start that newer version");
    execute(store, "UPDATE part SET version = 0 WHERE part.name = 'delivery'");
    Outcome older = commands.run("status");
    assertThat(older.code()).isEqualTo(1);
    assertThat(older.err()).contains("older Lockstep", "start this one on it once");
    Files.write(store, new byte[8_192]);
    Outcome damaged = commands.run("letters", "list");
    assertThat(damaged.code()).isEqualTo(1);
    assertThat(damaged.err()).contains("damaged", "backup").doesNotContain("\tat ");
  }

  private static void execute(Path store, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }
}
