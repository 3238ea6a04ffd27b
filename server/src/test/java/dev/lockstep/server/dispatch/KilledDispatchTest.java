package dev.lockstep.server.dispatch;

import static dev.lockstep.server.dispatch.Served.TRIGGERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * SIGKILL while triggers are due every second: every due time is answered once, each run has
 * ordered one task or one run of its sync, and all of them end.
 */
class KilledDispatchTest {
  private static final String EVERY_SECOND = ",'active':true,'cronExpression':'* * * * * ?'";
  private static final Pattern STANDS_FOR =
      Pattern.compile("stands for (\\d+) due times, from (\\S+) to (\\S+);.*");
  private static final Pattern SYNC_RUN = Pattern.compile("run (\\d+) of partners");

  @TempDir Path folder;

  /** How often; more by {@code -Dlockstep.test.kills=50}. */
  int kills() {
    return Integer.getInteger("lockstep.test.kills", 3);
  }

  @Test
  void noDueTimeIsLostAndNoneRunsTwice() throws Exception {
    long books;
    long partners;
    try (Served served = Served.open(folder).withBooks(5)) {
      served.makeReports();
      served.partner("P1");
      books = served.export("books", EVERY_SECOND);
      partners =
          served
              .send(
                  "POST",
                  TRIGGERS,
                  "{'name':'bring','dispatchTaskExecutorType':'sync',"
                      + "'dispatchTaskSettings':{'sync':'partners'}"
                      + EVERY_SECOND
                      + "}")
              .is(200)
              .json()
              .path("id")
              .longValue();
    }
    Random random = new Random(7);
    for (int i = 0; i < kills(); i++) {
      runAndKill(5 + random.nextInt(60));
    }
    try (Served served = Served.open(folder)) {
      served.ended(books, kills());
      for (long trigger : List.of(books, partners)) {
        served.send("PATCH", TRIGGERS + "/" + trigger, "{'active':false}").is(200);
        served.ended(trigger, 1);
        assertThat(uncovered(served.runs(trigger))).as("seconds without an answer").isZero();
      }
      eachHasOrderedOneTask(served, books);
      eachHasOrderedOneRun(served, partners);
    }
  }

  /** How many seconds between the first and the last due time no run, or several, stand for. */
  private static long uncovered(List<JsonNode> runs) {
    List<Long> seconds = new ArrayList<>();
    for (JsonNode run : runs) {
      long due = second(run.path("dueDate").asString());
      Matcher several = STANDS_FOR.matcher(run.path("output").asString() + ";");
      if (several.matches()) {
        assertThat(second(several.group(2))).isEqualTo(due);
        LongStream.rangeClosed(due, second(several.group(3))).forEach(seconds::add);
      } else {
        seconds.add(due);
      }
    }
    assertThat(seconds).as("each due time is answered once").doesNotHaveDuplicates().isSorted();
    return seconds.getLast() - seconds.getFirst() + 1 - seconds.size();
  }

  private static long second(String moment) {
    return Instant.parse(moment).until(Instant.EPOCH, ChronoUnit.SECONDS) * -1;
  }

  private static void eachHasOrderedOneTask(Served served, long trigger) throws Exception {
    String tasks = "/o/headless-batch-engine/v1.0/export-task";
    int successful = 0;
    for (JsonNode run : served.runs(trigger)) {
      if (Served.status(run).equals("successful")) {
        successful++;
        served
            .get(tasks + "/by-external-reference-code/dispatch-" + run.path("id").longValue())
            .is(202);
      } else {
        assertThat(Served.status(run)).as(run.toString()).isEqualTo("cancelled");
      }
    }
    assertThat(successful).isPositive();
    assertThat(served.get(tasks).is(200).json().path("totalCount").intValue())
        .isEqualTo(successful);
  }

  private static void eachHasOrderedOneRun(Served served, long trigger) throws Exception {
    List<Long> told = new ArrayList<>();
    for (JsonNode run : served.runs(trigger)) {
      Matcher named =
          SYNC_RUN.matcher(run.path("output").asString() + run.path("error").asString());
      while (named.find()) {
        told.add(Long.parseLong(named.group(1)));
      }
    }
    List<Long> requested = new ArrayList<>();
    for (JsonNode run :
        served.get("/api/v1/syncs/partners/runs?limit=500").is(200).json().path("items")) {
      if (run.path("cause").asString().equals("request")) {
        requested.add(run.path("id").longValue());
      }
    }
    assertThat(requested).isNotEmpty();
    assertThat(told).containsExactlyInAnyOrderElementsOf(requested);
  }

  private void runAndKill(int after) throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledServer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int lines = 0;
    try (BufferedReader reader = child.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines++;
        if (lines == after) {
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertThat(lines).as("it lived until it was killed").isGreaterThanOrEqualTo(after);
  }
}
