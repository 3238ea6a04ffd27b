package dev.lockstep.hub.batch;

import dev.lockstep.hub.ColumnForm;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.Numbers;
import dev.lockstep.hub.batch.Task.Content;
import dev.lockstep.hub.batch.Task.Counts;
import dev.lockstep.hub.batch.Task.Status;
import dev.lockstep.hub.batch.format.ContentType;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tasks in the store. */
final class TaskStore {
  private static final long FIRST_ID = 70_001;
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String COLUMNS =
      "id, code, class_name, operation, parameters, content, place, file, zipped, bytes, digest,"
          + " asker, status, cancelled, items, total, created, updated, deleted, unchanged, failed,"
          + " waiting, consumed, error, sent_at, started_at, ended_at, whole";

  private final Hub hub;

  TaskStore(Hub hub) {
    this.hub = hub;
  }

  /** What a new task is made of. */
  record New(String code, Order order, Content content, Asker asker, long total, Instant created) {}

  static Task add(Tx tx, New task) {
    long id = Numbers.next(tx, "batch task", FIRST_ID);
    tx.update(
        "INSERT INTO batch_task (id, code, class_name, kind, operation, parameters, content, place,"
            + " file, zipped, bytes, digest, asker, who, whole, status, cancelled, turn, items, total, created,"
            + " updated, deleted, unchanged, failed, waiting, consumed, error, sent_at) VALUES (?,"
            + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 'INITIAL', 0, ?, 0, ?, 0, 0, 0, 0, 0, 0, 0,"
            + " '', ?)",
        id,
        task.code(),
        task.order().className(),
        task.order().kind(),
        task.order().operation().name(),
        parameters(task.order().all()),
        task.content().type().name(),
        task.content().place(),
        task.content().file(),
        task.content().zipped() ? 1 : 0,
        task.content().bytes(),
        task.content().digest(),
        task.asker().text(),
        task.asker().principal().name(),
        turn(tx),
        task.total(),
        ColumnForm.micros(task.created()));
    return find(tx, id).orElseThrow();
  }

  /** The next place in the order of arrival. */
  static long turn(Tx tx) {
    return Numbers.next(tx, "batch turn", 1);
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

  static Optional<Task> find(Tx tx, long id) {
    return tx.first("SELECT " + COLUMNS + " FROM batch_task WHERE id = ?", TaskStore::task, id);
  }

  static Optional<Task> find(Tx tx, String code) {
    return tx.first("SELECT " + COLUMNS + " FROM batch_task WHERE code = ?", TaskStore::task, code);
  }

  Optional<Task> find(long id) throws InterruptedException {
    return hub.read(tx -> find(tx, id));
  }

  Optional<Task> find(String code) throws InterruptedException {
    return hub.read(tx -> find(tx, code));
  }

  /** A page of tasks, the newest first, and how many there are. */
  record Listed(List<Task> tasks, long total) {}

  Listed list(TaskQuery query) throws InterruptedException {
    StringBuilder where = new StringBuilder(" WHERE id < ?");
    List<@Nullable Object> values = new ArrayList<>();
    values.add(query.before());
    query
        .status()
        .ifPresent(status -> {
          where.append(" AND status = ?");
          values.add(status.name());
        });
    query
        .className()
        .ifPresent(name -> {
          where.append(" AND class_name = ?");
          values.add(name);
        });
    query
        .who()
        .ifPresent(who -> {
          where.append(" AND who = ?");
          values.add(who);
        });
    if (query.failuresOnly()) {
      where.append(" AND (failed > 0 OR status = 'FAILED')");
    }
    return hub.read(tx -> {
      long total =
          tx.first(
                  "SELECT count(*) FROM batch_task" + where,
                  row -> row.integer(1),
                  values.toArray())
              .orElse(0L);
      List<@Nullable Object> all = new ArrayList<>(values);
      all.add((long) query.limit());
      all.add(query.offset());
      return new Listed(
          tx.list(
              "SELECT "
                  + COLUMNS
                  + " FROM batch_task"
                  + where
                  + " ORDER BY id DESC LIMIT ? OFFSET ?",
              TaskStore::task,
              all.toArray()),
          total);
    });
  }

  Standing standing() throws InterruptedException {
    return hub.read(tx -> {
      Map<String, Long> counts = new LinkedHashMap<>();
      tx.each(
          "SELECT status, count(*) FROM batch_task GROUP BY status",
          row -> Map.entry(row.text(1), row.integer(2)),
          each -> counts.put(each.getKey(), each.getValue()));
      return Standing.of(counts);
    });
  }

  /** The next task of each kind, in the order of their arrival. */
  List<Runner.Turn> turns(int limit) throws InterruptedException {
    return hub.read(tx ->
        tx.list(
            "SELECT t.id, t.kind FROM batch_task AS t JOIN (SELECT min(turn) AS turn FROM batch_task"
                + " WHERE status IN ('INITIAL', 'STARTED') GROUP BY kind) AS first"
                + " ON first.turn = t.turn ORDER BY t.turn LIMIT ?",
            row -> new Runner.Turn(row.integer(1), row.text(2)),
            (long) limit));
  }

  List<String> places(String beginning) throws InterruptedException {
    return hub.read(tx ->
        tx.list(
            "SELECT place FROM batch_task WHERE place >= ? AND place < ?",
            row -> row.text(1),
            beginning,
            beginning + "g"));
  }

  private static Task task(Tx.Columns row) {
    return new Task(
        row.integer(1),
        row.text(2),
        new Order(row.text(3), Operation.valueOf(row.text(4)), parameters(row.text(5))),
        new Content(
            ContentType.valueOf(row.text(6)),
            row.text(7),
            row.text(8),
            row.integer(9) != 0,
            row.integer(10),
            row.text(11)),
        Asker.read(row.text(12)),
        Status.valueOf(row.text(13)),
        new Counts(
            row.integer(15),
            row.integer(16),
            row.integer(17),
            row.integer(18),
            row.integer(19),
            row.integer(20),
            row.integer(21),
            row.integer(22),
            row.integer(23),
            row.integer(28) != 0),
        row.text(24),
        row.integer(14) != 0,
        ColumnForm.moment(row.integer(25)),
        moment(row, 26),
        moment(row, 27));
  }

  private static Optional<Instant> moment(Tx.Columns row, int column) {
    return row.isNull(column)
        ? Optional.empty()
        : Optional.of(ColumnForm.moment(row.integer(column)));
  }
}
