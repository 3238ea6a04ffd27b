package dev.lockstep.demo;

import dev.lockstep.demo.Bookings.Comparison;
import dev.lockstep.demo.Bookings.Day;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** Balances go to the reporting database every night; after each, all rows are compared. */
final class BalanceStory implements Callable<Void> {
  private static final Duration LOOK = Duration.ofMillis(400);

  private final Stage stage;
  private final Bookings bookings;
  private final AtomicInteger nights = new AtomicInteger();
  private Instant booked = Instant.MIN;
  private long seen;

  BalanceStory(Stage stage) {
    this.stage = stage;
    this.bookings = new Bookings(stage.folder());
  }

  /** How many nights had their rows compared. */
  int nights() {
    return nights.get();
  }

  @Override
  public Void call() throws InterruptedException, SQLException {
    while (stage.pause(LOOK)) {
      for (JsonNode run :
          stage.lockstep().get("/api/v1/syncs/balances/runs?limit=1").required("items")) {
        look(run);
      }
    }
    return null;
  }

  private void look(JsonNode run) throws InterruptedException, SQLException {
    long id = run.required("id").longValue();
    if (id == seen || run.required("endedAt").isNull()) {
      return;
    }
    seen = id;
    Instant started = Instant.parse(run.required("startedAt").stringValue());
    if (!run.required("state").stringValue().equals("done")) {
      throw new DemoRefused(
          "a run of balances "
              + run.path("state").asString()
              + ": "
              + run.path("message").asString());
    }
    // A run that began before the day's bookings were made may have read some of them.
    if (started.isAfter(booked)) {
      tellRun(run, started);
      compare();
      stage.pause(Duration.ofMillis(1_500));
      book();
    }
  }

  private void tellRun(JsonNode run, Instant started) {
    JsonNode counts = run.required("counts");
    long deleted = run.required("deleted").longValue();
    long read = counts.required("captured").longValue() - deleted;
    long written = counts.required("applied").longValue() - deleted;
    Instant ended = Instant.parse(run.required("endedAt").stringValue());
    stage.tell(
        Event.of(
                Story.BALANCES,
                "night",
                "Night "
                    + (nights() + 1)
                    + ": "
                    + Numbers.grouped(read)
                    + " read, "
                    + Numbers.grouped(written)
                    + " written"
                    + (deleted > 0 ? ", " + deleted + " deleted" : ""))
            .with("read", read)
            .with("written", written)
            .after(Duration.between(started, ended)));
  }

  private void compare() throws SQLException {
    Comparison found = bookings.compare();
    if (found.different() > 0) {
      throw new DemoRefused(
          Numbers.grouped(found.different())
              + " rows of the reporting database differ from finance");
    }
    nights.incrementAndGet();
    stage.tell(
        Event.of(
                Story.BALANCES,
                "equal",
                "Row by row: all " + Numbers.grouped(found.equal()) + " are equal")
            .good()
            .with("rows", found.equal()));
  }

  private void book() throws SQLException {
    Day day = bookings.book();
    booked = Instant.now();
    stage.tell(
        Event.of(
            Story.BALANCES,
            "booked",
            "A day's bookings: "
                + day.changed()
                + " changed, "
                + day.opened()
                + " new, "
                + day.closed()
                + " closed"));
  }
}
