package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.ColumnForm;
import dev.lockstep.hub.Numbers;
import dev.lockstep.hub.batch.Asker;
import dev.lockstep.hub.dispatch.Run.Cause;
import dev.lockstep.hub.dispatch.Run.Status;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of runs in the store, within a transaction. */
final class RunTable {
  private static final long FIRST_ID = 90_001;
  private static final int TRIMMED_AT_ONCE = 1_000;
  private static final String SELECT =
      "SELECT id, trigger_id, type, settings, asker, cause, who, due_at, status, reference, output,"
          + " error, started_at, ended_at FROM dispatch_log";

  private RunTable() {}

  static long nextId(Tx tx) {
    return Numbers.next(tx, "dispatch log", FIRST_ID);
  }

  static void add(Tx tx, Run run) {
    tx.update(
        "INSERT INTO dispatch_log (id, trigger_id, type, settings, asker, cause, who, due_at,"
            + " status, reference, output, error, started_at, ended_at) VALUES (?, ?, ?, ?, ?, ?,"
            + " ?, ?, ?, ?, ?, ?, ?, ?)",
        run.id(),
        run.trigger(),
        run.type(),
        run.settings().text(),
        run.asker().text(),
        run.origin().cause().name(),
        run.origin().who(),
        micros(run.due()),
        run.status().name(),
        run.reference(),
        run.output(),
        run.error(),
        ColumnForm.micros(run.started()),
        micros(run.ended()));
  }

  private static @Nullable Long micros(Optional<Instant> moment) {
    return moment.map(ColumnForm::micros).orElse(null);
  }

  /** How many runs of a trigger are under way. */
  static long underWay(Tx tx, long trigger) {
    return tx.first(
            "SELECT count(*) FROM dispatch_log WHERE trigger_id = ? AND status = 'IN_PROGRESS'",
            row -> row.integer(1),
            trigger)
        .orElse(0L);
  }

  /** Runs under way, in the order in which they were ordered. */
  static List<Run> open(Tx tx, int limit) {
    return tx.list(
        SELECT + " WHERE status = 'IN_PROGRESS' ORDER BY id LIMIT ?", RunTable::run, (long) limit);
  }

  /** Notes how a run ended. */
  static void end(Tx tx, long run, Executor.Ended ended, Instant now) {
    tx.update(
        "UPDATE dispatch_log SET status = ?, output = ?, error = ?, ended_at = ? WHERE id = ? AND"
            + " status = 'IN_PROGRESS'",
        (ended.error().isEmpty() ? Status.SUCCESSFUL : Status.FAILED).name(),
        ended.output(),
        ended.error(),
        ColumnForm.micros(now),
        run);
  }

  static Optional<Run> find(Tx tx, long id) {
    return tx.first(SELECT + " WHERE id = ?", RunTable::run, id);
  }

  /** Runs of a trigger, the newest first. */
  static List<Run> list(Tx tx, long trigger, int limit, long offset) {
    return tx.list(
        SELECT + " WHERE trigger_id = ? ORDER BY id DESC LIMIT ? OFFSET ?",
        RunTable::run,
        trigger,
        (long) limit,
        offset);
  }

  static long count(Tx tx, long trigger) {
    return tx.first(
            "SELECT count(*) FROM dispatch_log WHERE trigger_id = ?",
            row -> row.integer(1),
            trigger)
        .orElse(0L);
  }

  static void forget(Tx tx, long trigger) {
    tx.update("DELETE FROM dispatch_log WHERE trigger_id = ?", trigger);
  }

  /** Removes runs that ended before a moment; answers how many, a bounded number at once. */
  static int trim(Tx tx, Instant before) {
    return tx.update(
        "DELETE FROM dispatch_log WHERE id IN (SELECT id FROM dispatch_log WHERE status <>"
            + " 'IN_PROGRESS' AND ended_at < ? LIMIT ?)",
        ColumnForm.micros(before),
        (long) TRIMMED_AT_ONCE);
  }

  /** Removes the oldest runs of a trigger that has more than so many. */
  static int trim(Tx tx, long trigger, int most) {
    return tx.update(
        "DELETE FROM dispatch_log WHERE status <> 'IN_PROGRESS' AND trigger_id = ? AND id <="
            + " (SELECT id FROM dispatch_log WHERE trigger_id = ? ORDER BY id DESC LIMIT 1 OFFSET"
            + " ?)",
        trigger,
        trigger,
        (long) most);
  }

  private static Run run(Tx.Columns row) {
    return new Run(
        row.integer(1),
        row.integer(2),
        row.text(3),
        Settings.read(row.text(4)),
        Asker.read(row.text(5)),
        new Run.Origin(Cause.valueOf(row.text(6)), row.optionalText(7).orElse(null)),
        moment(row, 8),
        Status.valueOf(row.text(9)),
        row.text(10),
        row.text(11),
        row.text(12),
        ColumnForm.moment(row.integer(13)),
        moment(row, 14));
  }

  static Optional<Instant> moment(Tx.Columns row, int column) {
    return row.isNull(column)
        ? Optional.empty()
        : Optional.of(ColumnForm.moment(row.integer(column)));
  }
}
