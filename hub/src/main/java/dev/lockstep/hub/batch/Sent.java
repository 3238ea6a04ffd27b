package dev.lockstep.hub.batch;

import dev.lockstep.hub.ColumnForm;
import dev.lockstep.hub.batch.Task.Status;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What becomes of tasks from outside, within a transaction. */
final class Sent {
  private static final int AT_ONCE = 200;

  private Sent() {}

  /**
   * The task that was sent before with the same code, content and parameters; what failed of it is
   * tried again. Another task that is over gives up its code.
   */
  static Optional<Task> again(Tx tx, TaskStore.New wanted) {
    Optional<Task> known = TaskStore.find(tx, wanted.code());
    if (known.isEmpty()) {
      return known;
    }
    Task task = known.get();
    if (isSame(task, wanted)) {
      retried(tx, task.id());
      return TaskStore.find(tx, task.id());
    }
    if (!task.status().isOver()) {
      throw OrderRefused.conflict(
          "task "
              + task.id()
              + " has the external reference code "
              + task.code()
              + " and is not over",
          "wait for its end, cancel it, or send another code");
    }
    tx.update(
        "UPDATE batch_task SET code = ? WHERE id = ?", UUID.randomUUID().toString(), task.id());
    return Optional.empty();
  }

  private static boolean isSame(Task task, TaskStore.New wanted) {
    return !namesParent(wanted.order())
        && task.order().equals(wanted.order())
        && task.content().digest().equals(wanted.content().digest())
        && task.content().type() == wanted.content().type();
  }

  /** There the code is that of the definition to which the items belong, the same every time. */
  private static boolean namesParent(Order order) {
    return order.className().startsWith("com.liferay.object.admin.");
  }

  static boolean cancelled(Tx tx, long id, String who, Instant now) {
    long at = ColumnForm.micros(now);
    int ended =
        tx.update(
            "UPDATE batch_task SET status = 'FAILED', cancelled = 1, ended_at = ?, error = ?"
                + " WHERE id = ? AND status IN ('INITIAL', 'STARTED')",
            at,
            "it was cancelled by " + who + "; what was written before stays",
            id);
    if (ended == 0) {
      return false;
    }
    TaskStore.find(tx, id)
        .flatMap(task -> task.order().callback())
        .ifPresent(url -> Callbacks.order(tx, id, url, Status.FAILED.name(), at));
    return true;
  }

  static boolean retried(Tx tx, long id) {
    Optional<Task> task = TaskStore.find(tx, id).filter(it -> it.status().isOver());
    boolean left =
        task.filter(it -> it.status() == Status.FAILED || it.counts().failed() > 0).isPresent();
    if (!left) {
      return false;
    }
    tx.update("UPDATE batch_item SET state = 'WAITING' WHERE task = ? AND state = 'FAILED'", id);
    tx.update(
        "UPDATE batch_task SET status = 'INITIAL', cancelled = 0, error = '', ended_at = NULL,"
            + " waiting = waiting + failed, failed = 0, turn = ? WHERE id = ?",
        TaskStore.turn(tx),
        id);
    return true;
  }

  /** Removes old tasks that were completed without failures; answers where their contents lie. */
  static Map<Long, String> trimmed(Tx tx, Instant before) {
    Map<Long, String> gone = new LinkedHashMap<>();
    tx.each(
        "SELECT id, place FROM batch_task WHERE status = 'COMPLETED' AND failed = 0 AND ended_at"
            + " < ? ORDER BY id LIMIT ?",
        row -> Map.entry(row.integer(1), row.text(2)),
        each -> gone.put(each.getKey(), each.getValue()),
        ColumnForm.micros(before),
        (long) AT_ONCE);
    for (long id : gone.keySet()) {
      tx.update("DELETE FROM batch_item WHERE task = ?", id);
      tx.update("DELETE FROM batch_callback WHERE task = ? AND state <> 'WAITING'", id);
      tx.update("DELETE FROM batch_task WHERE id = ?", id);
    }
    return gone;
  }
}
