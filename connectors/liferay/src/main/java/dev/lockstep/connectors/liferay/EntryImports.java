package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Many;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.connectors.http.JsonApi;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upserts many entries with one import task, and believes of what the other side says of it only
 * what is beyond doubt: the rest is {@link Outcome.Deferred}, to be written entry by entry, which
 * is harmless to repeat. Thread-safe.
 */
final class EntryImports {
  private static final String TASKS = "/o/headless-batch-engine/v1.0/import-task/";
  private static final String ENTRIES = "com.liferay.object.rest.dto.v1_0.ObjectEntry";
  private static final int MOST_ROWS = 1000;
  private static final int MOST_BYTES = 8 << 20;

  /** How often a task is asked after; each pause is {@link #GROWTH} times the one before. */
  private static final int POLLS = 18;

  private static final double GROWTH = 1.6;

  /** Sent, looked up, asked after, cancelled, and asked after that. */
  private static final int CALLS = POLLS + 4;

  private static final Duration REST = Duration.ofMinutes(10);

  private final Remote remote;
  private final LiferaySettings.Imports settings;
  private volatile Instant restsUntil = Instant.MIN;

  EntryImports(Remote remote, LiferaySettings.Imports settings) {
    this.remote = remote;
    this.settings = settings;
  }

  /**
   * What is taken at once; nothing while the other side does not keep to what it accepts. Liferay
   * documents batches for objects of the company only.
   */
  Optional<Many> many(ObjectShape shape) {
    boolean rests = remote.context().clock().instant().isBefore(restsUntil);
    return settings.fromRows().isEmpty() || shape.ofSites() || rests
        ? Optional.empty()
        : Optional.of(
            new Many(
                settings.fromRows().getAsInt(),
                Math.max(MOST_ROWS, settings.fromRows().getAsInt()),
                CALLS));
  }

  /** Writes upserts, one outcome for each. */
  List<Outcome> write(ObjectShape shape, Batch batch) throws InterruptedException {
    Outcome[] outcomes = new Outcome[batch.mutations().size()];
    Content content = new Content();
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] = open("it is not known whether the batch has brought it");
      if (batch.mutations().get(i) instanceof Mutation.Upsert(var key, Row row)) {
        String code = key.part(0).toString();
        Optional<Outcome> unfit = EntryWriter.unaddressable(code);
        try {
          if (unfit.isPresent()) {
            outcomes[i] = unfit.get();
          } else {
            content.add(i, EntryBody.of(shape, row).put(ObjectShape.KEY, code));
          }
        } catch (Unfit e) {
          outcomes[i] = new Outcome.Rejected(e.fault(), e.remedy());
        }
      }
    }
    if (!content.places.isEmpty()) {
      String code = code(shape, batch, content.bytes());
      Optional<JsonNode> task = over(shape, code, content);
      task.ifPresent(it -> read(it, content.places, outcomes));
    }
    return List.of(outcomes);
  }

  private static Outcome open(String why) {
    return new Outcome.Deferred(why, Optional.empty());
  }

  /** The items of a task, and whose they are. */
  private static final class Content {
    final List<Integer> places = new ArrayList<>();
    private final ByteArrayOutputStream items = new ByteArrayOutputStream();

    /** What would make the content too large is left out. */
    void add(int place, ObjectNode item) {
      byte[] bytes = Remote.JSON.writeValueAsBytes(item);
      if (items.size() + bytes.length < MOST_BYTES) {
        items.write(places.isEmpty() ? '[' : ',');
        items.writeBytes(bytes);
        places.add(place);
      }
    }

    byte[] bytes() {
      return (items.toString(StandardCharsets.UTF_8) + "]").getBytes(StandardCharsets.UTF_8);
    }
  }

  // Invariant 2: a batch that is repeated finds the task that it began, and begins no other.
  private String code(ObjectShape shape, Batch batch, byte[] content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : List.of(remote.context().origin(), shape.code(), batch.id())) {
        digest.update((part + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return "LOCKSTEP_" + HexFormat.of().formatHex(digest.digest(content), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The task once it is over; empty when that is not known. */
  private Optional<JsonNode> over(ObjectShape shape, String code, Content content)
      throws InterruptedException {
    String target =
        TASKS
            + ENTRIES
            + "?taskItemDelegateName=C_"
            + Remote.encode(shape.name())
            + "&createStrategy=UPSERT&updateStrategy=PARTIAL_UPDATE"
            + "&importStrategy=ON_ERROR_CONTINUE&externalReferenceCode="
            + code;
    JsonApi.Answer answer = remote.post(target, content.bytes());
    Optional<JsonNode> begun =
        switch (answer.status()) {
          case 401, 429, 502, 503, 504 -> throw remote.failure("POST", target, answer);
          // It may be that this very batch was sent before, and the answer lost.
          case 400, 409 -> remote.find(TASKS + "by-external-reference-code/" + code);
          default ->
              answer.isSuccess()
                  ? Optional.of(remote.json("POST", target, answer))
                  : Optional.empty();
        };
    if (begun.isEmpty()) {
      rest("batches are not taken: " + remote.said(answer));
      return Optional.empty();
    }
    long id = begun.get().path("id").longValue(0);
    // One that was over before says how things were then.
    return id == 0 || isOver(begun.get()) ? Optional.empty() : awaited(TASKS + id);
  }

  private static boolean isOver(JsonNode task) {
    String status = task.path("executeStatus").asString("");
    return status.equals("COMPLETED") || status.equals("FAILED");
  }

  private Optional<JsonNode> awaited(String task) throws InterruptedException {
    double pause = settings.patience().toNanos() * (GROWTH - 1) / Math.pow(GROWTH, POLLS);
    for (int i = 0; i < POLLS; i++, pause *= GROWTH) {
      Thread.sleep(Duration.ofNanos((long) pause));
      Optional<JsonNode> now = asked(task);
      if (now.filter(EntryImports::isOver).isPresent()) {
        return now;
      }
    }
    // A Liferay cannot cancel, and may carry it out much later, or never.
    JsonApi.Answer cancelled = remote.send("POST", task + "/cancel", null);
    rest(
        task
            + " was accepted and not carried out in "
            + settings.patience().toSeconds()
            + " s; cancelling it answered "
            + cancelled.status());
    return Optional.empty();
  }

  /** The task as it is; empty as long as the other side cannot say. */
  private Optional<JsonNode> asked(String task) throws InterruptedException {
    try {
      return remote.find(task);
    } catch (ConnectorException e) {
      if (e.failure() instanceof Failure.Transient) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void rest(String why) {
    restsUntil = remote.context().clock().instant().plus(REST);
    remote
        .context()
        .logger()
        .log(
            System.Logger.Level.WARNING,
            remote.context().system()
                + ": "
                + why
                + "; entries are written one by one for "
                + REST.toMinutes()
                + " minutes, then batches are tried again");
  }

  /** A task may be COMPLETED with every item failed, so the items themselves are looked at. */
  private void read(JsonNode task, List<Integer> places, Outcome[] outcomes) {
    Map<Integer, String> failed = new HashMap<>();
    for (JsonNode item : task.path("failedItems")) {
      failed.put(item.path("itemIndex").intValue(0), item.path("message").asString(""));
    }
    boolean completed = task.path("executeStatus").asString("").equals("COMPLETED");
    boolean tells =
        task.path("failedItems").isArray()
            && task.path("processedItemsCount").intValue(-1) == places.size()
            // A Lockstep shows the first of many, and says how many there are.
            && task.path("failedItemsCount").intValue(failed.size()) == failed.size()
            && failed.keySet().stream().allMatch(index -> index > 0 && index <= places.size());
    if (!completed) {
      rest("an import task failed: " + task.path("errorMessage").asString(""));
    }
    for (int i = 0; completed && tells && i < places.size(); i++) {
      String message = failed.get(i + 1);
      outcomes[places.get(i)] = message == null ? Outcome.APPLIED : open(message);
    }
  }
}
