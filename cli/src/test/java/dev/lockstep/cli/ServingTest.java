package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Commands.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands beside a server in a process of its own, and the codes that processes end with. */
final class ServingTest {
  @TempDir private Path folder;
  private Commands commands;

  @BeforeEach
  void prepare() throws IOException {
    commands = new Commands(folder);
  }

  @Test
  void commandsAskTheServerThatRunsAndItEndsCleanlyWhenAskedTo() throws Exception {
    Process server = commands.start("up", "--json");
    try {
      JsonNode ready = ready(server);
      assertThat(ready.get("pid").longValue()).isEqualTo(server.pid());
      assertThat(ready.get("syncs").intValue()).isEqualTo(1);

      Outcome run = commands.run("run", "balances", "--full");
      assertThat(run.code()).as(run.err()).isEqualTo(0);
      assertThat(run.out()).contains("balances: done");
      JsonNode sync = commands.run("status", "--json").json().get("syncs").get(0);
      assertThat(sync.get("balanced").booleanValue()).isTrue();
      assertThat(commands.run("run", "balances", "--dry-run").out()).contains("2 are equal");
      assertThat(commands.run("check").code()).isEqualTo(0);
      assertThat(commands.run("plan").out()).contains("balances");
      assertThat(commands.run("discover", "folder").out()).contains("folder.balances");
      assertThat(commands.run("letters", "list").out()).contains("No dead letters.");
      assertThat(commands.run("trace", "balances", "1").code()).isEqualTo(0);

      Outcome second = commands.run("up");
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.err()).contains("runs already", ready.get("address").stringValue());
    } finally {
      server.destroy();
    }
    assertThat(server.waitFor()).isEqualTo(0);
    assertThat(folder.resolve(".lockstep/server.json")).doesNotExist();
    assertThat(commands.run("status").code()).isEqualTo(0);
  }

  @Test
  void aServerThatWasKilledIsNotAskedAndTheNextOneStarts() throws Exception {
    Process server = commands.start("up", "--json");
    ready(server);
    server.destroyForcibly().waitFor();
    assertThat(folder.resolve(".lockstep/server.json")).exists();
    assertThat(commands.run("status").code()).isEqualTo(0);
    Process next = commands.start("up", "--json");
    try {
      assertThat(ready(next).get("pid").longValue()).isEqualTo(next.pid());
    } finally {
      next.destroy();
    }
    assertThat(next.waitFor()).isEqualTo(0);
  }

  @Test
  void processesEndWithTheCodesThatAreDocumented() throws Exception {
    assertThat(commands.runAlone("check").code()).isEqualTo(0);
    assertThat(commands.runAlone("nonsense").code()).isEqualTo(2);
    commands.rows("1,Ada,much", "2,Bob,3");
    assertThat(commands.runAlone("run", "balances").code()).isEqualTo(3);
    Files.writeString(folder.resolve("lockstep.yaml"), "lockstep: 2\n");
    Outcome failed = commands.runAlone("status");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("lockstep.yaml:1");
  }

  @Test
  void theWarmUpLeavesNothingBehind() throws Exception {
    for (String start : List.of("up", "once")) {
      Outcome warm = commands.runAlone("warmup", start);
      assertThat(warm.code()).as(warm.err()).isEqualTo(0);
      assertThat(warm.out()).isEmpty();
      assertThat(folder.resolve(".lockstep")).doesNotExist();
    }
  }

  private JsonNode ready(Process server) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    assertThat(line).as("what it tells: %s", commands.err()).isNotNull();
    return JsonMapper.builder().build().readTree(Objects.requireNonNull(line));
  }
}
