package dev.lockstep.simulation.schema;

import dev.lockstep.simulation.schema.Books.State;
import dev.lockstep.testkit.servers.CrashablePostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the books of the target all the while. Armed, it takes note of every look that shows a
 * transaction in part, or the books set back.
 */
final class Watch {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
  private static final Duration AWAY = Duration.ofMillis(50);
  private static final int MOST_TOLD = 5;

  private final CrashablePostgres target;
  private final Thread thread;
  private final List<String> findings = new ArrayList<>();
  private volatile boolean stopped;
  private long armedFrom = Long.MAX_VALUE;
  private long highest;
  private long looks;
  private long torn;
  private long setBack;

  private Watch(CrashablePostgres target) {
    this.target = target;
    this.thread = Thread.ofPlatform().name("watch").start(this::watch);
  }

  static Watch start(CrashablePostgres target) {
    return new Watch(target);
  }

  private void watch() {
    while (!stopped) {
      try (Connection connection = target.connect()) {
        while (!stopped) {
          seen(Books.read(connection));
          Thread.sleep(BETWEEN_LOOKS);
        }
      } catch (SQLException away) {
        if (!rest()) {
          return;
        }
      } catch (InterruptedException end) {
        return;
      }
    }
  }

  private static boolean rest() {
    try {
      Thread.sleep(AWAY);
      return true;
    } catch (InterruptedException end) {
      return false;
    }
  }

  private synchronized void seen(State state) {
    long entries = state.debitEntries();
    boolean armed = highest >= armedFrom;
    if (armed) {
      looks++;
      if (!state.isWhole()) {
        torn++;
        tell("torn: " + state);
      }
      if (entries < highest) {
        setBack++;
        tell("set back from " + highest + " entries: " + state);
      }
    }
    highest = Math.max(highest, Math.min(entries, state.creditEntries()));
    notifyAll();
  }

  private void tell(String finding) {
    if (findings.size() < MOST_TOLD) {
      findings.add(finding);
    }
  }

  /**
   * From the moment that the target has so many entries, nothing half may be seen. Before, tables
   * are still loaded one after the other.
   */
  synchronized void arm(long entries) {
    armedFrom = Math.min(armedFrom, entries);
  }

  synchronized boolean isArmed() {
    return highest >= armedFrom;
  }

  /** Waits until the target has so many entries; false when it has not in time. */
  synchronized boolean await(long entries, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (highest < entries) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** How often a look was taken since it is armed. */
  synchronized long looks() {
    return looks;
  }

  /** How often a transaction was seen in part. */
  synchronized long torn() {
    return torn;
  }

  /** How often the books were seen as they had been before. */
  synchronized long setBack() {
    return setBack;
  }

  synchronized long highest() {
    return highest;
  }

  synchronized List<String> findings() {
    return List.copyOf(findings);
  }

  void end() throws InterruptedException {
    stopped = true;
    thread.interrupt();
    thread.join();
  }
}
