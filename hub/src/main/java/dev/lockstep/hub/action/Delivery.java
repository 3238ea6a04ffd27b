package dev.lockstep.hub.action;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One event for one action, as the delivery log has it.
 *
 * @param number its place in the log of deliveries
 * @param event names it, the same in every attempt
 * @param action the action's id
 * @param name the action's name
 * @param target of what object it tells whom; events of one entry for one target keep their order
 * @param cause the trigger
 * @param tried when it was last sent
 * @param url where it was last sent to
 * @param status what the last answer had
 * @param answer the beginning of the last answer
 * @param reason why it was not taken
 * @param chain the actions that led to it, for a person; empty where none did
 */
public record Delivery(
    long number,
    String event,
    long action,
    String name,
    String target,
    String object,
    String entry,
    String cause,
    Instant at,
    State state,
    int attempts,
    Optional<Instant> tried,
    Optional<String> url,
    String body,
    OptionalInt status,
    Optional<String> answer,
    Optional<String> reason,
    String chain) {

  /** How far it has come. */
  public enum State {
    /** Not taken yet: it is tried again, or waits behind one that is. */
    WAITING,
    DELIVERED,
    /** Refused for good, or too often. */
    DEAD,
    /** Not carried out, because it came from itself and would go on for ever. */
    STOPPED,
    /** The action was deleted before it could be sent. */
    DROPPED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the engine carries of it. */
  record Order(String event, long action, String target, String entry, String body) {
    static Order of(Row row) {
      return new Order(
          (String) Objects.requireNonNull(row.get("event")),
          (Long) Objects.requireNonNull(row.get("action")),
          (String) Objects.requireNonNull(row.get("target")),
          (String) Objects.requireNonNull(row.get("entry")),
          (String) Objects.requireNonNull(row.get("body")));
    }
  }

  /** The key under which the engine carries it. */
  public String key() {
    return Key.of(target, entry).toString();
  }

  Order order() {
    return new Order(event, action, target, entry, body);
  }
}
