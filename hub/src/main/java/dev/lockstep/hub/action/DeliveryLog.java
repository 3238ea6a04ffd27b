package dev.lockstep.hub.action;

import dev.lockstep.hub.ColumnForm;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.action.Delivery.State;
import dev.lockstep.hub.object.ActionStates;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What became of every event for every action. Thread-safe. */
final class DeliveryLog {
  /** How many ended deliveries are kept. */
  static final int KEPT = 50_000;

  private static final int TRIM_EVERY = 1_000;
  private static final String COLUMNS =
      "n, event, action, name, object, entry, cause, at, state, attempts, tried, url, body, status,"
          + " answer, reason, chain, target";

  private final Hub hub;
  private final InstantSource clock;
  private int added;

  DeliveryLog(Hub hub, InstantSource clock) {
    this.hub = hub;
    this.clock = clock;
  }

  /**
   * One event that set an action off.
   *
   * @param chain the actions that led to it
   * @param fault why it cannot be sent at all
   */
  record Found(
      String event,
      long action,
      String name,
      String target,
      String object,
      String entry,
      String cause,
      Instant at,
      String body,
      Chain chain,
      @Nullable String fault) {}

  /** Notes events before they are sent; those that are there already stay as they are. */
  synchronized void add(List<Found> found) throws InterruptedException {
    added += found.size();
    boolean trims = added >= TRIM_EVERY;
    hub.note(tx -> {
      tx.batch(
          "INSERT INTO hub_delivery (event, action, name, object, entry, cause, at, state,"
              + " attempts, body, reason, chain, target) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)"
              + " ON CONFLICT (event) DO NOTHING",
          found.stream().map(DeliveryLog::row).toList());
      found.stream()
          .filter(it -> it.fault() != null)
          .forEach(it -> ActionStates.ended(tx, it.action(), ActionStates.FAILED));
      return trims ? trim(tx) : 0;
    });
    added = trims ? 0 : added;
  }

  private static @Nullable Object[] row(Found found) {
    State state = found.fault() == null ? State.WAITING : State.DEAD;
    return new @Nullable Object[] {
      found.event(),
      found.action(),
      found.name(),
      found.object(),
      found.entry(),
      found.cause(),
      ColumnForm.micros(found.at()),
      state.word(),
      found.body(),
      found.fault(),
      found.chain().text(),
      found.target()
    };
  }

  private static int trim(Tx tx) {
    return tx.update(
        "DELETE FROM hub_delivery WHERE n IN (SELECT n FROM hub_delivery WHERE state <> 'waiting'"
            + " AND n <= (SELECT max(n) FROM hub_delivery) - ? ORDER BY n LIMIT ?)",
        (long) KEPT,
        10L * TRIM_EVERY);
  }

  /** Notes one attempt and what it came to. */
  void attempted(String event, long action, String url, Attempt attempt, State state)
      throws InterruptedException {
    hub.note(tx -> {
      attempted(tx, event, action, url, attempt, state);
      return true;
    });
  }

  /** The same as part of a transaction. */
  void attempted(Tx tx, String event, long action, String url, Attempt attempt, State state) {
    tx.update(
        "UPDATE hub_delivery SET state = ?, attempts = attempts + 1, tried = ?, url = ?,"
            + " status = ?, answer = ?, reason = ? WHERE event = ?",
        state.word(),
        ColumnForm.micros(clock.instant()),
        url,
        attempt.status().isPresent() ? (long) attempt.status().getAsInt() : null,
        attempt.beginning().orElse(null),
        attempt.reason().orElse(null),
        event);
    ActionStates.ended(
        tx, action, attempt.reason().isEmpty() ? ActionStates.SUCCESS : ActionStates.FAILED);
  }

  /** Notes that an event is not carried out, because it would go on for ever. */
  void stopped(String event, long action, String reason) throws InterruptedException {
    hub.note(tx -> {
      tx.update(
          "UPDATE hub_delivery SET state = ?, reason = ? WHERE event = ?",
          State.STOPPED.word(),
          reason,
          event);
      ActionStates.ended(tx, action, ActionStates.FAILED);
      return true;
    });
  }

  /** Lets an event that was stopped be carried out once, as if nothing had led to it. */
  void release(String event) throws InterruptedException {
    hub.note(tx ->
        tx.update(
            "UPDATE hub_delivery SET state = ?, chain = NULL WHERE event = ? AND state = ?",
            State.WAITING.word(),
            event,
            State.STOPPED.word()));
  }

  /** Notes why an event that waits has not been sent. */
  void held(String event, String reason) throws InterruptedException {
    hub.note(tx -> tx.update("UPDATE hub_delivery SET reason = ? WHERE event = ?", reason, event));
  }

  /** Notes that there is nobody to send to any more. */
  void dropped(String event) throws InterruptedException {
    hub.note(tx ->
        tx.update(
            "UPDATE hub_delivery SET state = ?, reason = 'the action was deleted' WHERE event = ?",
            State.DROPPED.word(),
            event));
  }

  boolean isDelivered(Tx tx, String event) {
    return tx.first(
            "SELECT 1 FROM hub_delivery WHERE event = ? AND state = 'delivered'",
            row -> row.integer(1),
            event)
        .isPresent();
  }

  /**
   * How an event stands.
   *
   * @param chain the actions that led to it
   */
  record Stand(State state, Instant at, long attempts, Chain chain) {}

  /** How an event stands; empty when it is not known any more. */
  Optional<Stand> stand(String event) throws InterruptedException {
    return hub.read(tx ->
        tx.first(
            "SELECT state, at, attempts, chain FROM hub_delivery WHERE event = ?",
            row ->
                new Stand(
                    state(row.text(1)),
                    ColumnForm.moment(row.integer(2)),
                    row.integer(3),
                    Chain.of(row.optionalText(4).orElse(null))),
            event));
  }

  /** The actions that led to what was written because of a delivery, itself included. */
  Chain chainAfter(String event) throws InterruptedException {
    return hub.read(tx ->
            tx.first(
                "SELECT chain, action, name, object, entry FROM hub_delivery WHERE event = ?",
                row ->
                    Chain.of(row.optionalText(1).orElse(null))
                        .and(new Chain.Link(row.integer(2), row.text(3), row.text(4), row.text(5))),
                event))
        .orElse(Chain.NONE);
  }

  private static State state(String word) {
    return State.valueOf(word.toUpperCase(Locale.ROOT));
  }

  Optional<Delivery> find(String event) throws InterruptedException {
    return hub.read(tx ->
        tx.first(
            "SELECT " + COLUMNS + " FROM hub_delivery WHERE event = ?", DeliveryLog::read, event));
  }

  /** Deliveries, newest first. */
  List<Delivery> list(ObjectActions.Query query) throws InterruptedException {
    StringBuilder sql = new StringBuilder("SELECT " + COLUMNS + " FROM hub_delivery WHERE n < ?");
    List<@Nullable Object> values = new ArrayList<>(List.of(query.before()));
    if (query.object() != null) {
      sql.append(" AND object = ?");
      values.add(query.object());
    }
    if (query.entry() != null) {
      sql.append(" AND entry = ?");
      values.add(query.entry());
    }
    if (query.state() != null) {
      sql.append(" AND state = ?");
      values.add(query.state().word());
    }
    values.add((long) query.limit());
    String text = sql.append(" ORDER BY n DESC LIMIT ?").toString();
    return hub.read(tx -> tx.list(text, DeliveryLog::read, values.toArray()));
  }

  private static Delivery read(Tx.Columns row) {
    return new Delivery(
        row.integer(1),
        row.text(2),
        row.integer(3),
        row.text(4),
        row.text(18),
        row.text(5),
        row.text(6),
        row.text(7),
        ColumnForm.moment(row.integer(8)),
        state(row.text(9)),
        Math.toIntExact(row.integer(10)),
        row.isNull(11) ? Optional.empty() : Optional.of(ColumnForm.moment(row.integer(11))),
        row.optionalText(12),
        row.text(13),
        row.isNull(14) ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(row.integer(14))),
        row.optionalText(15),
        row.optionalText(16),
        Chain.of(row.optionalText(17).orElse(null)).told());
  }
}
