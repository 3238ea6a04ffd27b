package dev.lockstep.hub.batch;

import dev.lockstep.hub.ColumnForm;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.Numbers;
import dev.lockstep.hub.outgoing.AddressRefused;
import dev.lockstep.hub.outgoing.Answered;
import dev.lockstep.hub.outgoing.Destinations;
import dev.lockstep.hub.outgoing.Post;
import dev.lockstep.store.StoreException;
import dev.lockstep.store.Tx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever asked for it that a task has ended. What is to be told is in the store together
 * with the end, and stays there until it was taken: a process that is killed in between tells it
 * once more, under the same id. Thread-safe.
 */
public final class Callbacks implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Callbacks.class.getName());

  /** With the pauses, about 17 hours. */
  private static final int MOST_ATTEMPTS = 80;

  private static final long LONGEST_PAUSE_SECONDS = 900;
  private static final int AT_ONCE = 16;
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Hub hub;
  private final Post post;
  private final InstantSource clock;
  private final Semaphore wake = new Semaphore(0);
  private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
  private @Nullable Thread thread;

  public Callbacks(Hub hub, Destinations destinations, InstantSource clock) {
    this.hub = hub;
    this.post = new Post(destinations, Duration.ofSeconds(5), Duration.ofSeconds(30));
    this.clock = clock;
  }

  private record Due(long id, long task, String url, String status, long attempts) {}

  /** Orders that the end of a task be told. */
  public static void order(Tx tx, long task, String url, String status, long nowMicros) {
    tx.update(
        "INSERT INTO batch_callback (id, task, url, status, state, attempts, due, reason)"
            + " VALUES (?, ?, ?, ?, 'WAITING', 0, ?, '')",
        Numbers.next(tx, "batch callback", 1),
        task,
        url,
        status,
        nowMicros);
  }

  synchronized void start() {
    thread = Thread.ofVirtual().name("batch callbacks").start(this::keepSending);
  }

  void wake() {
    wake.release();
  }

  private void keepSending() {
    try {
      while (true) {
        try {
          // Asked first: one that has ended since then is still due in what is read before that.
          Set<Long> busy = Set.copyOf(underWay);
          for (Due due : due()) {
            if (!busy.contains(due.id())) {
              begin(due);
            }
          }
        } catch (StoreException e) {
          LOG.log(System.Logger.Level.WARNING, "callbacks wait for the store: {0}", e.getMessage());
        }
        if (wake.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Due> due() throws InterruptedException {
    long now = ColumnForm.micros(clock.instant());
    return hub.read(tx ->
        tx.list(
            "SELECT id, task, url, status, attempts FROM batch_callback WHERE state = 'WAITING'"
                + " AND due <= ? ORDER BY due LIMIT 100",
            row ->
                new Due(row.integer(1), row.integer(2), row.text(3), row.text(4), row.integer(5)),
            now));
  }

  private void begin(Due due) {
    if (underWay.size() < AT_ONCE && underWay.add(due.id())) {
      Thread.ofVirtual().name("batch callback " + due.id()).start(() -> send(due));
    }
  }

  private void send(Due due) {
    try {
      String reason = posted(due);
      note(due, reason);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (StoreException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a callback of task {0} is sent again, as the store did not note it: {1}",
          Long.toString(due.task()),
          e.getMessage());
    } finally {
      underWay.remove(due.id());
    }
  }

  /** Why it was not taken; empty when it was. */
  private String posted(Due due) {
    String body = "{\"" + due.task() + "\":\"" + due.status() + "\"}";
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json",
            "User-Agent",
            "Lockstep",
            "webhook-id",
            "batch-task-" + due.task() + "-" + due.id());
    try {
      Answered answer =
          post.send(Destinations.parse(due.url()), headers, body.getBytes(StandardCharsets.UTF_8));
      return answer.status() >= 200 && answer.status() < 300
          ? ""
          : "it answered " + answer.status();
    } catch (AddressRefused refused) {
      return refused.text() + "; " + refused.remedy();
    } catch (IOException failed) {
      return "it cannot be reached: " + failed.getMessage();
    }
  }

  private void note(Due due, String reason) throws InterruptedException {
    long attempts = due.attempts() + 1;
    boolean over = reason.isEmpty() || attempts >= MOST_ATTEMPTS;
    String state = reason.isEmpty() ? "DELIVERED" : over ? "GIVEN_UP" : "WAITING";
    long pause = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(due.attempts(), 20));
    long next = ColumnForm.micros(clock.instant().plusSeconds(pause));
    if (over && !reason.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the callback of task {0} to {1} was given up: {2}",
          Long.toString(due.task()),
          due.url(),
          reason);
    }
    hub.note(tx ->
        tx.update(
            "UPDATE batch_callback SET state = ?, attempts = ?, due = ?, reason = ? WHERE id = ?",
            state,
            attempts,
            next,
            reason,
            due.id()));
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
