package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Commands.Outcome;
import dev.lockstep.server.credential.PasswordHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Commands without a server: each opens the store for itself. */
final class CommandsTest {
  @TempDir private Path folder;
  private Commands commands;

  @BeforeEach
  void prepare() throws IOException {
    commands = new Commands(folder);
  }

  @Test
  void aRunIsDoneAndStatusTellsCountsThatAddUp() {
    Outcome run = commands.run("run", "balances");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    assertThat(run.out()).contains("balances: done", "2 read, 2 applied");

    JsonNode sync = commands.run("status", "--json").json().get("syncs").get(0);
    JsonNode counts = sync.get("counts");
    assertThat(sync.get("balanced").booleanValue()).isTrue();
    assertThat(counts.get("captured").longValue())
        .isEqualTo(2)
        .isEqualTo(
            counts.get("applied").longValue()
                + counts.get("unchanged").longValue()
                + counts.get("superseded").longValue()
                + counts.get("filtered").longValue()
                + counts.get("dead").longValue()
                + counts.get("waiting").longValue());
    assertThat(commands.run("status").out()).contains("balances", "= APPLIED", "not running");
  }

  @Test
  void aRunInPartIsToldByItsCodeAndItsLetter() throws IOException {
    commands.rows("1,Ada,10.50", "2,Bob,much");
    Outcome run = commands.run("run", "balances", "--json");
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.json().get("counts").get("dead").longValue()).isEqualTo(1);

    JsonNode letters = commands.run("letters", "list", "--json").json();
    assertThat(letters.get("items")).hasSize(1);
    String id = letters.get("items").get(0).get("id").toString();
    assertThat(commands.run("letters", "list").out()).contains("much");
    assertThat(commands.run("letters", "show", id).out()).contains("balances.csv, line 3");
    assertThat(commands.run("letters", "replay", id).code()).isEqualTo(1);
    assertThat(commands.run("letters", "replay", "--all").code()).isEqualTo(1);
    assertThat(commands.run("letters", "discard", id).code()).isEqualTo(0);
    Outcome again = commands.run("letters", "discard", id);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("not open any more");
    assertThat(commands.run("letters", "list").out()).contains("No dead letters.");
    assertThat(
            commands.run("letters", "list", "--state", "discarded", "--json").json().get("items"))
        .hasSize(1);
  }

  @Test
  void aDryRunTellsEachDifferenceAndChangesNothing() {
    Outcome dry = commands.run("run", "balances", "--dry-run");
    assertThat(dry.code()).isEqualTo(0);
    assertThat(dry.out()).contains("+ 1", "+ 2", "would create 2", "Nothing was changed");
    assertThat(commands.run("run", "balances", "--dry-run", "--json").out().lines()).hasSize(3);
    commands.run("run", "balances");
    assertThat(commands.run("run", "balances", "--dry-run").out()).contains("2 are equal");
  }

  @Test
  void checkPlanDiscoverAndTraceTellWhatIsThere() {
    assertThat(commands.run("check").out()).contains("Nothing is wrong.");
    assertThat(commands.run("check", "--json").json().get("errors").intValue()).isZero();
    assertThat(commands.run("plan").out()).contains("strategy", "staleness", "calls");
    JsonNode plan = commands.run("plan", "--json").json().get("syncs").get(0);
    assertThat(plan.get("possible").booleanValue()).isTrue();
    assertThat(plan.get("firstLoad").isNull()).isTrue();
    assertThat(commands.run("discover", "folder").out()).contains("folder.balances", "amount");
    assertThat(commands.run("trace", "balances", "1", "--json").json().get("key").stringValue())
        .isEqualTo("1");
  }

  @Test
  void aPlanIsMadeWhileADatabaseIsAway() throws IOException {
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        systems:
          one: {connector: postgresql, url: "jdbc:postgresql://127.0.0.1:1/none", user: me}
          other: {connector: postgresql, url: "jdbc:postgresql://127.0.0.1:1/none", user: me}
        syncs:
          a: {from: one.public.a, to: other.public.a, schedule: {every: 1d}}
        """);
    Outcome plan = commands.run("plan");
    assertThat(plan.code()).isEqualTo(0);
    assertThat(plan.out()).contains("  strategy     schedule", "  first load   not known (");
  }

  @Test
  void everythingWrongWithAConfigurationIsToldAtOnceWithItsLine() throws IOException {
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        "lockstep: 1\nsystems:\n  a: {connector: fle}\nsyncs:\n  s: {from: b.c, too: a.d}\n");
    Outcome check = commands.run("check", "--json");
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.json().get("errors").intValue()).isGreaterThan(1);
    for (JsonNode finding : check.json().get("findings")) {
      assertThat(finding.get("line").intValue()).isPositive();
      assertThat(finding.get("remedy").stringValue()).isNotEmpty();
    }
    Outcome status = commands.run("status");
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.err()).contains("lockstep.yaml:3").doesNotContain("\tat ");
  }

  @Test
  void wrongUseIsToldWithoutAStackTrace() {
    Outcome typo = commands.run("statsu");
    assertThat(typo.code()).isEqualTo(2);
    assertThat(typo.err()).contains("status", "--help");
    assertThat(commands.run("run").code()).isEqualTo(2);
    assertThat(commands.run("letters", "list", "--limit", "0").code()).isEqualTo(2);
    assertThat(commands.run("letters", "replay").code()).isEqualTo(2);
    Outcome unknown = commands.run("run", "nope");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("no sync 'nope'", "balances").doesNotContain("\tat ");
    assertThat(commands.run("run", "nope", "--debug").err()).contains("\tat ");
  }

  @Test
  void everyCommandHasHelp() {
    for (String name : Main.command(Stop.never()).getSubcommands().keySet()) {
      Outcome help = commands.run(name, "--help");
      assertThat(help.code()).as(name).isEqualTo(0);
      assertThat(help.out()).as(name).contains("Usage: lockstep " + name);
    }
  }

  @Test
  void aSecretIsHashedForTheConfiguration() {
    Outcome hashed = hash("correct horse battery");
    assertThat(hashed.code()).isEqualTo(ExitCode.DONE);
    String hash = hashed.out().strip();
    assertThat(PasswordHash.parse(hash)).isPresent();
    assertThat(PasswordHash.parse(hash).orElseThrow().isOf("correct horse battery")).isTrue();
    assertThat(PasswordHash.parse(hash).orElseThrow().isOf("correct horse batterx")).isFalse();
    assertThat(hash("correct horse battery").out().strip()).isNotEqualTo(hash);
    Outcome refused = hash("too short");
    assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("openssl rand").doesNotContain("too short");
  }

  private Outcome hash(String secret) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream((secret + "\n").getBytes(StandardCharsets.UTF_8)));
    try {
      return commands.run("hash");
    } finally {
      System.setIn(before);
    }
  }
}
