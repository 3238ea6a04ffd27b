package dev.lockstep.server.admin;

import dev.lockstep.connector.Change;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.engine.delivery.Parked;
import dev.lockstep.engine.delivery.Parking;
import dev.lockstep.hub.action.Delivery;
import dev.lockstep.hub.action.Delivery.State;
import dev.lockstep.hub.action.ObjectActions;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.admin.AdminRefused.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What became of the events of object actions, and sending them again. Thread-safe. */
public final class ActionDeliveries {
  private static final int MOST_BEHIND = 1_000;
  private static final int PAGE = 500;

  private final Lockstep lockstep;
  private final Engine engine;
  private final ObjectActions actions;

  public ActionDeliveries(Lockstep lockstep, ObjectActions actions) {
    this.lockstep = lockstep;
    this.engine = lockstep.engine();
    this.actions = actions;
  }

  /** Deliveries, newest first; null for any object, entry or state. */
  public ObjectNode list(
      @Nullable String object,
      @Nullable String entry,
      @Nullable String state,
      long before,
      int limit)
      throws InterruptedException {
    ObjectActions.Query query =
        new ObjectActions.Query(object, entry, state == null ? null : state(state), before, limit);
    List<Delivery> found = Ask.engine(() -> actions.deliveries(query));
    ObjectNode list = Json.list(found, ActionDeliveries::line);
    if (found.size() == limit) {
      list.put("next", found.getLast().number());
    }
    return list;
  }

  private static State state(String word) {
    return Arrays.stream(State.values())
        .filter(it -> it.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new AdminRefused(
                Reason.MALFORMED,
                "state '" + word + "' is none",
                "write one of "
                    + Arrays.stream(State.values())
                        .map(State::word)
                        .collect(Collectors.joining(", "))));
  }

  /** A delivery with its request. */
  public ObjectNode one(String event) throws InterruptedException {
    return whole(find(event));
  }

  private Delivery find(String event) throws InterruptedException {
    return Ask.engine(() -> actions.delivery(event))
        .orElseThrow(() ->
            new AdminRefused(
                Reason.UNKNOWN,
                "there is no delivery '" + event + "'",
                "list them; the oldest are forgotten in time"));
  }

  /** Sends an event again. */
  public ObjectNode replay(String event) throws InterruptedException {
    Delivery delivery = find(event);
    if (delivery.state() == State.WAITING) {
      throw new AdminRefused(
          Reason.CONFLICT,
          "the delivery is on its way",
          "wait: it is tried again by itself, and "
              + next(delivery).map(it -> "at " + it).orElse("soon"));
    }
    if (delivery.state() == State.STOPPED) {
      Ask.engine(() -> {
        actions.release(delivery);
        return delivery;
      });
    }
    Optional<Letter> letter = Ask.engine(() -> letter(event));
    if (letter.isPresent()) {
      // The engine's, so that its counts and the letter's state stay true.
      Ask.engine(() -> engine.replay(letter.get()));
      return whole(find(event));
    }
    return whole(
        Ask.engine(() -> actions.resend(delivery))
            .orElseThrow(() ->
                new AdminRefused(
                    Reason.CONFLICT,
                    "the action '" + delivery.name() + "' was deleted",
                    "create it again; its events from then on are sent")));
  }

  private Optional<Letter> letter(String event) throws InterruptedException {
    long after = 0;
    List<Letter> some;
    do {
      some = engine.letters(ObjectActions.NAME, Letter.State.OPEN, after, PAGE);
      for (Letter letter : some) {
        after = letter.id();
        if (isOf(letter.change(), event)) {
          return Optional.of(letter);
        }
      }
    } while (some.size() == PAGE);
    return Optional.empty();
  }

  private static boolean isOf(Change change, String event) {
    return change instanceof Change.Upserted upserted && event.equals(upserted.row().get("event"));
  }

  /** When a waiting delivery is tried next; empty when that is not decided. */
  private Optional<Instant> next(Delivery delivery) throws InterruptedException {
    for (Parked parked :
        Ask.engine(
            () -> Parking.of(lockstep.store(), ObjectActions.NAME, delivery.key(), MOST_BEHIND))) {
      if (isOf(parked.change(), delivery.event())) {
        return Optional.of(parked.nextTry());
      }
    }
    return Optional.empty();
  }

  private ObjectNode whole(Delivery delivery) throws InterruptedException {
    ObjectNode node = line(delivery);
    Json.putTime(
        node, "nextTry", delivery.state() == State.WAITING ? next(delivery) : Optional.empty());
    node.put("request", delivery.body());
    return node;
  }

  private static ObjectNode line(Delivery delivery) {
    ObjectNode node = Json.object();
    node.put("number", delivery.number());
    node.put("event", delivery.event());
    node.put("actionId", delivery.action());
    node.put("action", delivery.name());
    node.put("object", delivery.object());
    node.put("entry", delivery.entry());
    node.put("trigger", delivery.cause());
    node.put("at", delivery.at().toString());
    node.put("state", delivery.state().word());
    node.put("attempts", delivery.attempts());
    Json.putTime(node, "triedAt", delivery.tried());
    node.put("url", delivery.url().orElse(null));
    if (delivery.status().isPresent()) {
      node.put("status", delivery.status().getAsInt());
    } else {
      node.putNull("status");
    }
    node.put("answer", delivery.answer().orElse(null));
    node.put("reason", delivery.reason().orElse(null));
    node.put("chain", delivery.chain());
    return node;
  }
}
