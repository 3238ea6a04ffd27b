package dev.lockstep.hub.batch;

import dev.lockstep.hub.ColumnForm;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.batch.ItemOutcome.Done;
import dev.lockstep.hub.batch.ItemOutcome.Failed;
import dev.lockstep.hub.batch.ItemOutcome.Waiting;
import dev.lockstep.store.Tx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far one task is, noted in the store. Every note fails when the task was ended meanwhile. */
final class Progress {
  private static final String MOVE =
      "UPDATE batch_task SET items = items + ?, created = created + ?, updated = updated + ?,"
          + " deleted = deleted + ?, unchanged = unchanged + ?, failed = failed + ?,"
          + " waiting = waiting + ?, consumed = ? WHERE id = ? AND status = 'STARTED'";

  private final Hub hub;
  private final long task;
  private final InstantSource clock;
  private final ItemCounts counts;

  Progress(Hub hub, long task, InstantSource clock, ItemCounts counts) {
    this.hub = hub;
    this.task = task;
    this.clock = clock;
    this.counts = counts;
  }

  /** Counts what was noted, once it is durable. */
  void count(List<Settled> settled) {
    long done = settled.stream().filter(it -> it.outcome() instanceof Done).count();
    long failed = settled.stream().filter(it -> it.outcome() instanceof Failed).count();
    counts.add(done, failed);
  }

  /** An item as it was sent, with its place. */
  record Sent(long index, String text) {}

  /** What a group of items came to. */
  static final class Tally {
    private final long[] effects = new long[ItemOutcome.Effect.values().length];
    private long failed;
    private long waiting;

    void add(ItemOutcome outcome) {
      switch (outcome) {
        case Done(ItemOutcome.Effect effect) -> effects[effect.ordinal()]++;
        case Failed _ -> failed++;
        case Waiting _ -> waiting++;
      }
    }

    private long of(ItemOutcome.Effect effect) {
      return effects[effect.ordinal()];
    }
  }

  /** Takes up the task; false when somebody ended it. */
  boolean begin() throws InterruptedException {
    long now = ColumnForm.micros(clock.instant());
    return hub.note(tx ->
        tx.update(
                "UPDATE batch_task SET status = 'STARTED', started_at = coalesce(started_at, ?)"
                    + " WHERE id = ? AND status IN ('INITIAL', 'STARTED')",
                now,
                task)
            > 0);
  }

  /** Items from the content and what became of them; the text only of those that are kept. */
  void note(Tx tx, List<Settled> settled, long consumed) {
    Tally tally = new Tally();
    List<@Nullable Object[]> kept = new ArrayList<>();
    for (Settled each : settled) {
      tally.add(each.outcome());
      switch (each.outcome()) {
        case Done _ -> {}
        case Failed(String message) -> kept.add(row(each, "FAILED", message));
        case Waiting(String message) -> kept.add(row(each, "WAITING", message));
      }
    }
    move(tx, settled.size(), tally, consumed);
    if (!kept.isEmpty()) {
      tx.batch(
          "INSERT INTO batch_item (task, n, state, item, message) VALUES (?, ?, ?, ?, ?)", kept);
    }
  }

  /** An item from the content, and what became of it. */
  record Settled(long index, java.util.function.Supplier<String> text, ItemOutcome outcome) {}

  private @Nullable Object[] row(Settled item, String state, String message) {
    return new @Nullable Object[] {task, item.index(), state, item.text().get(), message};
  }

  private void move(Tx tx, long read, Tally tally, long consumed) {
    int moved =
        tx.update(
            MOVE,
            read,
            tally.of(ItemOutcome.Effect.CREATED),
            tally.of(ItemOutcome.Effect.UPDATED),
            tally.of(ItemOutcome.Effect.DELETED),
            tally.of(ItemOutcome.Effect.UNCHANGED),
            tally.failed,
            tally.waiting,
            consumed,
            task);
    if (moved == 0) {
      throw new Stopped();
    }
  }

  /** Items that had waited, and what became of them now. */
  void noteWaited(Tx tx, List<Settled> settled, long consumed) {
    Tally tally = new Tally();
    List<@Nullable Object[]> gone = new ArrayList<>();
    for (Settled each : settled) {
      switch (each.outcome()) {
        case Done _ -> {
          tally.add(each.outcome());
          tally.waiting--;
          gone.add(new @Nullable Object[] {task, each.index()});
        }
        case Failed(String message) -> {
          tally.add(each.outcome());
          tally.waiting--;
          settle(tx, each.index(), "FAILED", message);
        }
        case Waiting(String message) -> settle(tx, each.index(), "WAITING", message);
      }
    }
    move(tx, 0, tally, consumed);
    if (!gone.isEmpty()) {
      tx.batch("DELETE FROM batch_item WHERE task = ? AND n = ?", gone);
    }
  }

  private void settle(Tx tx, long index, String state, String message) {
    tx.update(
        "UPDATE batch_item SET state = ?, message = ? WHERE task = ? AND n = ?",
        state,
        message,
        task,
        index);
  }

  /** A page of the items that wait, in one direction. */
  List<Sent> waiting(long beyond, boolean forward, int most) throws InterruptedException {
    String range = forward ? "n > ? ORDER BY n" : "n < ? ORDER BY n DESC";
    return hub.read(tx -> {
      List<long[]> sizes =
          tx.list(
              "SELECT n, length(item) FROM batch_item WHERE task = ? AND state = 'WAITING' AND "
                  + range
                  + " LIMIT ?",
              row -> new long[] {row.integer(1), row.integer(2)},
              task,
              beyond,
              (long) most);
      List<Sent> page = new ArrayList<>();
      long characters = 0;
      for (long[] size : sizes) {
        characters += size[1];
        if (!page.isEmpty() && characters > TaskRun.MOST_BYTES) {
          break;
        }
        tx.first(
                "SELECT item FROM batch_item WHERE task = ? AND n = ?",
                row -> row.text(1),
                task,
                size[0])
            .ifPresent(text -> page.add(new Sent(size[0], text)));
      }
      return page;
    });
  }

  long countWaiting() throws InterruptedException {
    return hub.read(tx ->
        tx.first("SELECT waiting FROM batch_task WHERE id = ?", row -> row.integer(1), task)
            .orElse(0L));
  }

  /** Lets all that still wait fail, as nothing can come any more that they wait for. */
  void failWaiting() throws InterruptedException {
    int all =
        hub.note(tx -> {
          int failed =
              tx.update(
                  "UPDATE batch_item SET state = 'FAILED' WHERE task = ? AND state = 'WAITING'",
                  task);
          tx.update(
              "UPDATE batch_task SET failed = failed + ?, waiting = waiting - ? WHERE id = ?",
              failed,
              failed,
              task);
          return failed;
        });
    counts.add(0, all);
  }

  /** The first item that failed. */
  Optional<Failure> firstFailure() throws InterruptedException {
    return hub.read(tx ->
        tx.first(
            "SELECT n, message FROM batch_item WHERE task = ? AND state = 'FAILED' ORDER BY n"
                + " LIMIT 1",
            row -> new Failure(row.integer(1), "", row.text(2)),
            task));
  }

  /** Notes that all of the content was read. */
  void readWhole() throws InterruptedException {
    hub.note(tx -> tx.update("UPDATE batch_task SET whole = 1, total = items WHERE id = ?", task));
  }

  /** Ends the task, and orders its callback; nothing happens when it was ended already. */
  void end(String error, Optional<String> callback) throws InterruptedException {
    long now = ColumnForm.micros(clock.instant());
    String status = error.isEmpty() ? "COMPLETED" : "FAILED";
    hub.note(tx -> {
      int ended =
          tx.update(
              "UPDATE batch_task SET status = ?, error = ?, ended_at = ? WHERE id = ? AND status IN"
                  + " ('INITIAL', 'STARTED')",
              status,
              error,
              now,
              task);
      if (ended > 0) {
        callback.ifPresent(url -> Callbacks.order(tx, task, url, status, now));
      }
      return ended;
    });
  }
}
