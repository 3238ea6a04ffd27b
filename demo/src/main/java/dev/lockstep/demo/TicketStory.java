package dev.lockstep.demo;

import dev.lockstep.demo.Arrivals.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tickets are filed and solved; one is refused, becomes a dead letter, and is replayed. */
final class TicketStory implements Callable<Void> {
  private static final String OBJECT = "tickets";
  private static final Duration BEAT = Duration.ofMillis(3_700);
  private static final String OPEN_LETTERS = "/api/v1/letters?sync=support-tickets&state=open";
  private static final List<Subject> SUBJECTS =
      List.of(
          new Subject("Charger gets hot", "hardware"),
          new Subject("Wrong address on invoice", "billing"),
          new Subject("Cannot log in", "software"),
          new Subject("Pump makes a noise", "hardware"),
          new Subject("Export stops at page 3", "software"),
          new Subject("Paid twice", "billing"));

  private final Stage stage;
  private final boolean leavesOneToTheReader;
  private final Deque<String> open = new ArrayDeque<>();
  private int number;

  TicketStory(Stage stage, boolean leavesOneToTheReader) {
    this.stage = stage;
    this.leavesOneToTheReader = leavesOneToTheReader;
  }

  private record Subject(String text, String queue) {}

  @Override
  public Void call() throws InterruptedException {
    number = stage.nextNumber(OBJECT, 1);
    stage.pause(Duration.ofMillis(1_300));
    file();
    stage.pause(BEAT);
    refusedAndReplayed();
    for (int round = 1; stage.pause(BEAT); round++) {
      if (round % 3 == 0) {
        solve(open.removeFirst());
      } else if (round == 5 && leavesOneToTheReader) {
        refusedForTheReader();
      } else {
        file();
      }
    }
    return null;
  }

  private void file() throws InterruptedException {
    Subject subject = SUBJECTS.get(number % SUBJECTS.size());
    String code = "t-" + number++;
    JsonNode entry = put(code, subject);
    open.addLast(code);
    arrived("filed", code, entry, "\"" + subject.text() + "\" filed \u2192 help desk");
  }

  private void solve(String code) throws InterruptedException {
    JsonNode entry = stage.patch(OBJECT, code, Map.of("state", "solved"));
    arrived(
        "solved",
        code,
        entry,
        "\"" + entry.path("subject").asString() + "\" solved \u2192 help desk");
  }

  private JsonNode put(String code, Subject subject) throws InterruptedException {
    return stage.put(
        OBJECT,
        code,
        Map.of(
            "subject",
            subject.text(),
            "queue",
            subject.queue(),
            "customer",
            "Alder & Finch Tools"));
  }

  private void arrived(String what, String code, JsonNode entry, String text)
      throws InterruptedException {
    Instant committed = Stage.committed(entry);
    Arrival arrival = stage.awaitState("desk", entry);
    stage.tell(
        Event.of(Story.TICKETS, what, text)
            .with("key", code)
            .after(Duration.between(committed, arrival.at())));
  }

  private void refusedAndReplayed() throws InterruptedException {
    // One that no earlier demo of this folder has opened.
    String queue = "returns-" + number;
    String code = "t-" + number++;
    JsonNode entry = put(code, new Subject("Return of a wrong drill", queue));
    long letter = awaitLetter(code);
    tellRefused(code, letter, queue);
    file();
    stage.pause(BEAT);
    openQueue(queue);
    Instant replayed = Instant.now();
    stage
        .lockstep()
        .send(
            "POST", "/api/v1/letters/" + letter + "/replay", JsonNodeFactory.instance.objectNode());
    Arrival arrival = stage.awaitState("desk", entry);
    stage.tell(
        Event.of(Story.TICKETS, "replayed", "Dead letter " + letter + " replayed \u2192 help desk")
            .good()
            .with("key", code)
            .with("letter", letter)
            .after(Duration.between(replayed, arrival.at())));
  }

  private void refusedForTheReader() throws InterruptedException {
    String queue = "spare-parts-" + number;
    String code = "t-" + number++;
    JsonNode entry = put(code, new Subject("Blade for a saw of 1987", queue));
    long letter = awaitLetter(code);
    tellRefused(code, letter, queue);
    openQueue(queue);
    stage.tell(
        Event.of(
            Story.TICKETS, "yours", "Letter " + letter + " is yours to replay: " + stage.page()));
    Thread.ofVirtual().name("your letter").start(() -> awaitReader(entry, letter));
  }

  private void awaitReader(JsonNode entry, long letter) {
    try {
      while (stage.pause(Duration.ZERO)) {
        Optional<Arrival> arrival = stage.seen(Stage.taken("desk", entry));
        if (arrival.isPresent()) {
          stage.tell(
              Event.of(
                      Story.TICKETS,
                      "replayed",
                      "You replayed letter " + letter + " \u2192 help desk")
                  .good()
                  .with("letter", letter));
          return;
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellRefused(String code, long letter, String queue) {
    stage.tell(
        Event.of(
                Story.TICKETS,
                "refused",
                "Refused, no queue '" + queue + "': dead letter " + letter)
            .bad()
            .with("key", code)
            .with("letter", letter));
  }

  private void openQueue(String queue) throws InterruptedException {
    stage.desk().send("PUT", "/queues/" + queue, JsonNodeFactory.instance.objectNode());
    stage.tell(Event.of(Story.TICKETS, "mended", "The help desk opens the queue '" + queue + "'"));
  }

  private long awaitLetter(String code) throws InterruptedException {
    long until = System.nanoTime() + Stage.PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      for (JsonNode letter : stage.lockstep().get(OPEN_LETTERS).required("items")) {
        if (letter.path("key").asString().equals(code)) {
          return letter.required("id").longValue();
        }
      }
      stage.pause(Duration.ofMillis(200));
    }
    throw new DemoRefused("the refused ticket " + code + " did not become a dead letter");
  }
}
