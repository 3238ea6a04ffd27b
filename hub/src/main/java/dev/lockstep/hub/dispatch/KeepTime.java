package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.Hub;
import dev.lockstep.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at the clock: one thread that fires what is due and has the runs carried out. */
final class KeepTime implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(KeepTime.class.getName());
  private static final Duration AFTER_FAULT = Duration.ofSeconds(2);

  /** A wait is cut, so that a clock that was set is noticed. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final FireDue fire;
  private final CarryRuns carry;
  private final InstantSource clock;
  private final Semaphore wake = new Semaphore(0);
  private @Nullable Thread thread;

  KeepTime(
      Hub hub, Executors executors, FireDue fire, InstantSource clock, DispatchSettings settings) {
    this.fire = fire;
    this.clock = clock;
    this.carry = new CarryRuns(hub, executors, clock, settings.atOnce(), this::wake);
  }

  synchronized void start() {
    thread = Thread.ofVirtual().name("dispatch").start(this::keep);
  }

  /** Has it look at once whether there is something to do. */
  void wake() {
    wake.release();
  }

  private void keep() {
    try {
      while (true) {
        try {
          Optional<Instant> next = fire.fire();
          carry.startNext();
          await(next);
        } catch (StoreException e) {
          LOG.log(System.Logger.Level.WARNING, "schedules wait for the store: {0}", e.getMessage());
          Thread.sleep(AFTER_FAULT);
        } catch (RuntimeException defect) {
          LOG.log(
              System.Logger.Level.ERROR, "schedules met a defect, and are looked at again", defect);
          Thread.sleep(AFTER_FAULT);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void await(Optional<Instant> next) throws InterruptedException {
    while (true) {
      Duration wait = LONGEST_WAIT;
      if (next.isPresent()) {
        Duration left = Duration.between(clock.instant(), next.get());
        if (!left.isPositive()) {
          return;
        }
        wait = left.compareTo(wait) < 0 ? left : wait;
      }
      if (wake.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        wake.drainPermits();
        return;
      }
    }
  }

  @Override
  public synchronized void close() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    carry.stop();
  }
}
