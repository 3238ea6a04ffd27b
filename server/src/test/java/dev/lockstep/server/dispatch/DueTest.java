package dev.lockstep.server.dispatch;

import static dev.lockstep.server.dispatch.Served.TRIGGERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** When triggers run, by a clock that the test moves. */
class DueTest {
  private static final String QUARTERLY = ",'active':true,'cronExpression':'0 0/15 * * * ?'";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(Instant.parse("2030-03-30T10:05:00Z"));

  @Test
  void everyDueTimeIsOneRun() throws Exception {
    try (Served served = Served.open(folder, clock).withBooks(1)) {
      long id = served.export("quarterly", QUARTERLY);
      long idle = served.export("idle", QUARTERLY.replace("true", "false"));
      assertThat(next(served, id)).isEqualTo("2030-03-30T10:15:00Z");
      for (int i = 1; i <= 3; i++) {
        clock.set(Instant.parse(next(served, id)));
        served.ended(id, i);
      }
      assertThat(served.runs(id))
          .extracting(run -> run.path("dueDate").asString() + " " + told(run))
          .containsExactly(
              "2030-03-30T10:15:00Z schedule successful",
              "2030-03-30T10:30:00Z schedule successful",
              "2030-03-30T10:45:00Z schedule successful");
      assertThat(served.runs(idle)).isEmpty();
      assertThat(next(served, id)).isEqualTo("2030-03-30T11:00:00Z");

      served.send("PATCH", TRIGGERS + "/" + id, "{'active':false}").is(200);
      clock.advance(Duration.ofHours(2));
      long later = served.export("later", QUARTERLY);
      clock.advance(Duration.ofMinutes(15));
      served.ended(later, 1);
      assertThat(served.runs(id)).as("it is not active any more").hasSize(3);
    }
  }

  @Test
  void timesAreThoseOfTheZoneWhoseClocksChange() throws Exception {
    try (Served served = Served.open(folder, clock).withBooks(0)) {
      long id =
          served.export(
              "nightly",
              ",'active':true,'timeZoneId':'Europe/Berlin','cronExpression':'0 30 2 * * ?'");
      // The clocks skip 02:30 that night: it is due at the first moment after.
      assertThat(next(served, id)).isEqualTo("2030-03-31T01:00:00Z");
      clock.set(Instant.parse("2030-03-31T01:00:00Z"));
      served.ended(id, 1);
      assertThat(next(served, id)).isEqualTo("2030-04-01T00:30:00Z");
    }
  }

  @Test
  void itBeginsAndEndsWhenItIsToldTo() throws Exception {
    try (Served served = Served.open(folder, clock).withBooks(0)) {
      long id =
          served.export(
              "for a while",
              QUARTERLY + ",'startDate':'2030-03-30T12:00:00Z','endDate':'2030-03-30T12:15:00Z'");
      assertThat(next(served, id)).isEqualTo("2030-03-30T12:00:00Z");
      clock.set(Instant.parse("2030-03-30T12:00:00Z"));
      served.ended(id, 1);
      clock.set(Instant.parse("2030-03-30T12:15:00Z"));
      served.ended(id, 2);
      assertThat(served.trigger(id).has("nextFireDate")).isFalse();
      assertThat(served.send("PATCH", TRIGGERS + "/" + id, "{'name':'over'}").is(400).body())
          .contains("is never due from now on");

      long days = served.export("days", QUARTERLY + ",'startDate':'2030-05-01'");
      assertThat(next(served, days)).isEqualTo("2030-05-01T00:00:00Z");
    }
  }

  @Test
  void timesThatPassedWhileItWasDownAreMadeUpForByOneRun() throws Exception {
    long id;
    try (Served served = Served.open(folder, clock).withBooks(2)) {
      id = served.export("quarterly", QUARTERLY);
    }
    clock.set(Instant.parse("2030-03-30T13:07:00Z"));
    try (Served served = Served.open(folder, clock)) {
      JsonNode run = served.ended(id, 1).getFirst();
      assertThat(told(run)).isEqualTo("catch-up successful");
      assertThat(run.path("dueDate").asString()).isEqualTo("2030-03-30T10:15:00Z");
      assertThat(run.path("startDate").asString()).isEqualTo("2030-03-30T13:07:00Z");
      assertThat(run.path("output").asString())
          .startsWith(
              "stands for 12 due times, from 2030-03-30T10:15:00Z to 2030-03-30T13:00:00Z; export")
          .contains("2 items");
      assertThat(next(served, id)).isEqualTo("2030-03-30T13:15:00Z");
    }
    try (Served served = Served.open(folder, clock)) {
      clock.set(Instant.parse("2030-03-30T13:15:00Z"));
      assertThat(served.ended(id, 2))
          .extracting(DueTest::told)
          .containsExactly("catch-up successful", "schedule successful");
    }
  }

  @Test
  void aRunThatIsUnderWayIsNotOvertaken() throws Exception {
    try (Served served = Served.open(folder, clock);
        Gate gate = Gate.closed(served, folder)) {
      served.partner("P1");
      long id =
          served
              .send(
                  "POST",
                  TRIGGERS,
                  "{'name':'bring','dispatchTaskExecutorType':'sync',"
                      + "'dispatchTaskSettings':{'sync':'partners','full':true}"
                      + QUARTERLY
                      + "}")
              .is(200)
              .json()
              .path("id")
              .longValue();
      clock.advance(Duration.ofMinutes(10));
      Served.until("the first is under way", () -> served.runs(id).size() == 1);
      assertThat(served.send("POST", TRIGGERS + "/" + id + "/run", "").is(409).body())
          .contains("the run before is under way");
      clock.advance(Duration.ofMinutes(15));
      Served.until("the second is left out", () -> served.runs(id).size() == 2);
      assertThat(served.runs(id))
          .extracting(DueTest::told)
          .containsExactly("schedule in-progress", "schedule cancelled");
      assertThat(served.runs(id).getLast().path("error").asString())
          .isEqualTo("the run before is under way, and overlapAllowed is false");

      served.send("PATCH", TRIGGERS + "/" + id, "{'overlapAllowed':true}").is(200);
      clock.advance(Duration.ofMinutes(15));
      Served.until("the third waits beside the first", () -> served.runs(id).size() == 3);
      assertThat(told(served.runs(id).getLast())).isEqualTo("schedule in-progress");
      gate.open();
      List<JsonNode> runs = served.ended(id, 3);
      assertThat(runs)
          .extracting(DueTest::told)
          .containsExactly("schedule successful", "schedule cancelled", "schedule successful");
    }
  }

  @Test
  void aRunThatCannotBeOrderedIsLoggedAsFailed() throws Exception {
    try (Served served = Served.open(folder, clock).withBooks(0)) {
      long id = served.export("books", QUARTERLY);
      served
          .send(
              "DELETE",
              "/o/object-admin/v1.0/object-definitions/"
                  + served
                      .get(
                          "/o/object-admin/v1.0/object-definitions/by-external-reference-code/BOOK")
                      .json()
                      .path("id"),
              "")
          .is(204);
      clock.advance(Duration.ofMinutes(10));
      JsonNode run = served.ended(id, 1).getFirst();
      assertThat(told(run)).isEqualTo("schedule failed");
      assertThat(run.path("error").asString()).contains("C_Book");
      assertThat(next(served, id)).isEqualTo("2030-03-30T10:30:00Z");
    }
  }

  @Test
  void theLogIsBounded() throws Exception {
    try (Served served = Served.open(folder, clock).withBooks(0)) {
      long id = served.export("books", QUARTERLY);
      clock.advance(Duration.ofMinutes(10));
      served.ended(id, 1);
      clock.advance(Duration.ofDays(31));
      served.ended(id, 2);
      assertThat(served.lockstep.dispatches().orElseThrow().trim()).isEqualTo(1);
      assertThat(served.runs(id)).extracting(DueTest::told).containsExactly("catch-up successful");
    }
  }

  private static String told(JsonNode run) {
    return run.path("trigger").asString() + " " + Served.status(run);
  }

  private static String next(Served served, long trigger) throws Exception {
    return served.trigger(trigger).path("nextFireDate").asString();
  }
}
