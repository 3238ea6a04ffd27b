package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.ColumnForm;
import dev.lockstep.hub.Numbers;
import dev.lockstep.hub.batch.Asker;
import dev.lockstep.hub.dispatch.Run.Status;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Triggers in the store, within a transaction. */
final class TriggerTable {
  private static final long FIRST_ID = 80_001;
  private static final String LAST_RUN =
      "(SELECT max(id) FROM dispatch_log WHERE trigger_id = t.id)";
  private static final String SELECT =
      "SELECT t.id, t.code, t.version, t.body, t.asker, t.created_at, t.modified_at, t.due_at,"
          + " l.status, l.started_at FROM dispatch_trigger AS t LEFT JOIN dispatch_log AS l ON l.id"
          + " = "
          + LAST_RUN;

  private TriggerTable() {}

  static long add(Tx tx, Draft draft, Optional<Instant> due, Instant now) {
    long id = Numbers.next(tx, "dispatch trigger", FIRST_ID);
    tx.update(
        "INSERT INTO dispatch_trigger (id, code, name, version, body, asker, created_at,"
            + " modified_at, due_at) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)",
        id,
        draft.code(),
        draft.terms().name(),
        draft.body().toString(),
        draft.asker().text(),
        ColumnForm.micros(now),
        ColumnForm.micros(now),
        micros(due));
    return id;
  }

  static void change(Tx tx, long id, Draft draft, Optional<Instant> due, Instant now) {
    tx.update(
        "UPDATE dispatch_trigger SET code = ?, name = ?, version = version + 1, body = ?, asker ="
            + " ?, modified_at = ?, due_at = ? WHERE id = ?",
        draft.code(),
        draft.terms().name(),
        draft.body().toString(),
        draft.asker().text(),
        ColumnForm.micros(now),
        micros(due),
        id);
  }

  private static @Nullable Long micros(Optional<Instant> moment) {
    return moment.map(ColumnForm::micros).orElse(null);
  }

  static void delete(Tx tx, long id) {
    RunTable.forget(tx, id);
    tx.update("DELETE FROM dispatch_trigger WHERE id = ?", id);
  }

  /**
   * Notes that a due time was answered; false when the trigger was changed since it was read, or
   * the time was answered before.
   */
  static boolean answered(Tx tx, Trigger read, Optional<Instant> next) {
    return tx.update(
            "UPDATE dispatch_trigger SET due_at = ? WHERE id = ? AND version = ? AND due_at = ?",
            micros(next),
            read.id(),
            read.version(),
            micros(read.due()))
        > 0;
  }

  /** Triggers that are due, the longest due first. */
  static List<Trigger> due(Tx tx, Instant now, int limit) {
    return tx.list(
        SELECT + " WHERE t.due_at <= ? ORDER BY t.due_at, t.id LIMIT ?",
        TriggerTable::trigger,
        ColumnForm.micros(now),
        (long) limit);
  }

  /** When the next of all is due. */
  static Optional<Instant> nextDue(Tx tx) {
    return tx.first("SELECT min(due_at) FROM dispatch_trigger", row -> RunTable.moment(row, 1))
        .flatMap(it -> it);
  }

  static Optional<Trigger> find(Tx tx, long id) {
    return tx.first(SELECT + " WHERE t.id = ?", TriggerTable::trigger, id);
  }

  static Optional<Trigger> find(Tx tx, String code) {
    return tx.first(SELECT + " WHERE t.code = ?", TriggerTable::trigger, code);
  }

  static Optional<Trigger> named(Tx tx, String name) {
    return tx.first(SELECT + " WHERE t.name = ?", TriggerTable::trigger, name);
  }

  static List<Trigger> list(Tx tx, int limit, long offset) {
    return tx.list(
        SELECT + " ORDER BY t.id LIMIT ? OFFSET ?", TriggerTable::trigger, (long) limit, offset);
  }

  static List<Trigger> after(Tx tx, long id, int limit) {
    return tx.list(
        SELECT + " WHERE t.id > ? ORDER BY t.id LIMIT ?", TriggerTable::trigger, id, (long) limit);
  }

  static List<Long> ids(Tx tx) {
    return tx.list("SELECT id FROM dispatch_trigger ORDER BY id", row -> row.integer(1));
  }

  static long count(Tx tx) {
    return tx.first("SELECT count(*) FROM dispatch_trigger", row -> row.integer(1)).orElse(0L);
  }

  private static Trigger trigger(Tx.Columns row) {
    return new Trigger(
        row.integer(1),
        row.text(2),
        row.integer(3),
        (ObjectNode) JsonMapper.shared().readTree(row.text(4)),
        Asker.read(row.text(5)),
        ColumnForm.moment(row.integer(6)),
        ColumnForm.moment(row.integer(7)),
        RunTable.moment(row, 8),
        row.isNull(9)
            ? Optional.empty()
            : Optional.of(
                new Trigger.Last(Status.valueOf(row.text(9)), ColumnForm.moment(row.integer(10)))));
  }
}
