package dev.lockstep.hub.batch.export;

import dev.lockstep.hub.ColumnForm;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.Numbers;
import dev.lockstep.hub.batch.Asker;
import dev.lockstep.hub.batch.Callbacks;
import dev.lockstep.hub.batch.OrderRefused;
import dev.lockstep.hub.batch.Runner;
import dev.lockstep.hub.batch.Standing;
import dev.lockstep.hub.batch.Task.Status;
import dev.lockstep.hub.batch.export.ExportTask.Done;
import dev.lockstep.hub.batch.export.ExportTask.Wanted;
import dev.lockstep.hub.batch.format.ContentType;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Exports in the store. */
final class ExportStore {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long FIRST_ID = 70_001;
  private static final int TRIMMED_AT_ONCE = 200;
  private static final String SELECT =
      "SELECT id, code, class_name, parameters, content, place, asker, status, cancelled, items,"
          + " total, bytes, reached, error, started_at, ended_at FROM batch_export";

  private final Hub hub;

  ExportStore(Hub hub) {
    this.hub = hub;
  }

  ExportTask add(String code, Wanted wanted, String place, Asker asker)
      throws InterruptedException {
    return hub.note(tx -> add(tx, code, wanted, place, asker));
  }

  /**
   * Adds a task.
   *
   * @throws OrderRefused when its code is that of a task that is not over
   */
  static ExportTask add(Tx tx, String code, Wanted wanted, String place, Asker asker) {
    Optional<ExportTask> known = find(tx, code);
    if (known.isPresent()) {
      if (!known.get().status().isOver()) {
        throw new OrderRefused(
            "task " + known.get().id() + " has the external reference code " + code,
            "wait for its end, cancel it, or send another code");
      }
      // The newest task has the code; the older one stays under its id.
      tx.update(
          "UPDATE batch_export SET code = ? WHERE id = ?",
          code + "-" + known.get().id(),
          known.get().id());
    }
    long id = Numbers.next(tx, "batch task", FIRST_ID);
    tx.update(
        "INSERT INTO batch_export (id, code, class_name, parameters, content, place, asker,"
            + " status, cancelled, items, total, bytes, reached, error) VALUES (?, ?, ?, ?, ?, ?,"
            + " ?, 'INITIAL', 0, 0, 0, 0, '', '')",
        id,
        code,
        wanted.className(),
        parameters(wanted.all()),
        wanted.type().name(),
        place,
        asker.text());
    return find(tx, id).orElseThrow();
  }

  private static String parameters(Map<String, String> all) {
    ObjectNode node = JSON.createObjectNode();
    all.forEach(node::put);
    return node.toString();
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> all = new LinkedHashMap<>();
    JSON.readTree(text)
        .properties()
        .forEach(each -> all.put(each.getKey(), each.getValue().asString()));
    return all;
  }

  private static Optional<ExportTask> find(Tx tx, long id) {
    return tx.first(SELECT + " WHERE id = ?", ExportStore::task, id);
  }

  private static Optional<ExportTask> find(Tx tx, String code) {
    return tx.first(SELECT + " WHERE code = ?", ExportStore::task, code);
  }

  Optional<ExportTask> find(long id) throws InterruptedException {
    return hub.read(tx -> find(tx, id));
  }

  Optional<ExportTask> find(String code) throws InterruptedException {
    return hub.read(tx -> find(tx, code));
  }

  /** A page of tasks, the newest first, and how many there are. */
  record Listed(List<ExportTask> tasks, long total) {}

  Listed list(int limit, long offset) throws InterruptedException {
    return hub.read(tx ->
        new Listed(
            tx.list(
                SELECT + " ORDER BY id DESC LIMIT ? OFFSET ?",
                ExportStore::task,
                (long) limit,
                offset),
            tx.first("SELECT count(*) FROM batch_export", row -> row.integer(1)).orElse(0L)));
  }

  /** The newest tasks before one, in a state. */
  List<ExportTask> newest(Optional<Status> status, long before, int limit)
      throws InterruptedException {
    String where = " WHERE id < ?" + (status.isPresent() ? " AND status = ?" : "");
    List<Object> values = new ArrayList<>();
    values.add(before);
    status.ifPresent(it -> values.add(it.name()));
    values.add((long) limit);
    return hub.read(tx ->
        tx.list(SELECT + where + " ORDER BY id DESC LIMIT ?", ExportStore::task, values.toArray()));
  }

  Standing standing() throws InterruptedException {
    return hub.read(tx -> {
      Map<String, Long> counts = new LinkedHashMap<>();
      tx.each(
          "SELECT status, count(*) FROM batch_export GROUP BY status",
          row -> Map.entry(row.text(1), row.integer(2)),
          each -> counts.put(each.getKey(), each.getValue()));
      return Standing.of(counts);
    });
  }

  /** Has a task that failed begun anew; false when it did not fail. */
  boolean retry(long task) throws InterruptedException {
    return hub.note(tx ->
        tx.update(
                "UPDATE batch_export SET status = 'INITIAL', cancelled = 0, error = '', items = 0,"
                    + " total = 0, bytes = 0, reached = '', started_at = NULL, ended_at = NULL"
                    + " WHERE id = ? AND status = 'FAILED'",
                task)
            > 0);
  }

  /** Tasks that are to be carried out, in the order of their arrival; each is of its own kind. */
  List<Runner.Turn> turns(int limit) throws InterruptedException {
    return hub.read(tx ->
        tx.list(
            "SELECT id FROM batch_export WHERE status IN ('INITIAL', 'STARTED') ORDER BY id LIMIT"
                + " ?",
            row -> new Runner.Turn(row.integer(1), "export " + row.integer(1)),
            (long) limit));
  }

  /** The files that tasks have. */
  Set<String> places() throws InterruptedException {
    return hub.read(
        tx -> new LinkedHashSet<>(tx.list("SELECT place FROM batch_export", row -> row.text(1))));
  }

  /** Takes up a task; false when somebody ended it. */
  boolean begin(long task, Instant now) throws InterruptedException {
    return hub.note(tx ->
        tx.update(
                "UPDATE batch_export SET status = 'STARTED', started_at = coalesce(started_at, ?)"
                    + " WHERE id = ? AND status IN ('INITIAL', 'STARTED')",
                ColumnForm.micros(now),
                task)
            > 0);
  }

  /** Notes what is durable of the file; false when somebody ended the task. */
  boolean note(long task, Done done) throws InterruptedException {
    return hub.note(tx -> note(tx, task, done));
  }

  private static boolean note(Tx tx, long task, Done done) {
    return tx.update(
            "UPDATE batch_export SET items = ?, total = ?, bytes = ?, reached = ? WHERE id = ? AND"
                + " status = 'STARTED'",
            done.items(),
            done.total(),
            done.bytes(),
            done.at(),
            task)
        > 0;
  }

  /** Notes that the file is whole; false when somebody ended the task. */
  boolean complete(ExportTask task, Done done, Instant now) throws InterruptedException {
    return hub.note(tx -> note(tx, task.id(), done) && end(tx, task, Status.COMPLETED, "", now));
  }

  boolean fail(ExportTask task, String error, Instant now) throws InterruptedException {
    return hub.note(tx -> end(tx, task, Status.FAILED, error, now));
  }

  boolean cancel(ExportTask task, String who, Instant now) throws InterruptedException {
    return hub.note(tx ->
        end(tx, task, Status.FAILED, "it was cancelled by " + who, now)
            && tx.update("UPDATE batch_export SET cancelled = 1 WHERE id = ?", task.id()) > 0);
  }

  private static boolean end(Tx tx, ExportTask task, Status status, String error, Instant now) {
    long at = ColumnForm.micros(now);
    int ended =
        tx.update(
            "UPDATE batch_export SET status = ?, error = ?, ended_at = ? WHERE id = ? AND status IN"
                + " ('INITIAL', 'STARTED')",
            status.name(),
            error,
            at,
            task.id());
    if (ended > 0) {
      task.wanted()
          .callback()
          .ifPresent(url -> Callbacks.order(tx, task.id(), url, status.name(), at));
    }
    return ended > 0;
  }

  /** Removes old tasks; answers where their files lie. */
  List<String> trim(Instant before) throws InterruptedException {
    return hub.note(tx -> {
      Map<Long, String> gone = new LinkedHashMap<>();
      tx.each(
          "SELECT id, place FROM batch_export WHERE status IN ('COMPLETED', 'FAILED') AND ended_at"
              + " < ? ORDER BY id LIMIT ?",
          row -> Map.entry(row.integer(1), row.text(2)),
          each -> gone.put(each.getKey(), each.getValue()),
          ColumnForm.micros(before),
          (long) TRIMMED_AT_ONCE);
      for (long id : gone.keySet()) {
        tx.update("DELETE FROM batch_callback WHERE task = ? AND state <> 'WAITING'", id);
        tx.update("DELETE FROM batch_export WHERE id = ?", id);
      }
      return List.copyOf(gone.values());
    });
  }

  private static ExportTask task(Tx.Columns row) {
    return new ExportTask(
        row.integer(1),
        row.text(2),
        new Wanted(row.text(3), ContentType.valueOf(row.text(5)), parameters(row.text(4))),
        row.text(6),
        Asker.read(row.text(7)),
        Status.valueOf(row.text(8)),
        row.integer(9) != 0,
        new Done(row.integer(10), row.integer(11), row.integer(12), row.text(13)),
        row.text(14),
        moment(row, 15),
        moment(row, 16));
  }

  private static Optional<Instant> moment(Tx.Columns row, int column) {
    return row.isNull(column)
        ? Optional.empty()
        : Optional.of(ColumnForm.moment(row.integer(column)));
  }
}
