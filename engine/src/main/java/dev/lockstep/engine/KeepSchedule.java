package dev.lockstep.engine;

import dev.lockstep.engine.schedule.Due;
import dev.lockstep.engine.schedule.PickDue;
import dev.lockstep.engine.schedule.ScheduleSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Starts the runs of one sync when they are due. One thread; the next due time may be read from
 * any.
 */
final class KeepSchedule {
  /** A sleep is cut, so that a clock that was set is noticed. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

  /** How soon the failure of a run is noticed. */
  private static final Duration LOOK_AFTER_RUN = Duration.ofSeconds(1);

  private final EngineParts parts;
  private final String sync;
  private final PickDue pick;
  private final BooleanSupplier running;
  private final StartRun start;
  private volatile Optional<Instant> next = Optional.empty();

  /** Carries out one run. */
  interface StartRun {
    Object run() throws InterruptedException;
  }

  KeepSchedule(
      EngineParts parts, String sync, ScheduleSpec spec, BooleanSupplier running, StartRun start)
      throws InterruptedException {
    this.parts = parts;
    this.sync = sync;
    this.running = running;
    this.start = start;
    this.pick =
        PickDue.start(spec, parts.syncs().handled(sync), parts.clock().instant(), parts.random());
    parts.syncs().handled(sync, pick.handled());
  }

  Optional<Instant> next() {
    return next;
  }

  /**
   * Keeps the schedule until it is interrupted; ends with the failure of a run that could not go
   * on.
   */
  void keep() throws InterruptedException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        keep(executor);
      } finally {
        executor.shutdownNow();
      }
    }
  }

  private void keep(ExecutorService executor) throws InterruptedException {
    Future<?> run = CompletableFuture.completedFuture(null);
    while (true) {
      Instant now = parts.clock().instant();
      if (run.isDone()) {
        rethrow(run);
      }
      Due due = pick.at(now, !run.isDone() || running.getAsBoolean());
      next = pick.next();
      switch (due) {
        case Due.Fire fire -> {
          // Durable before the run starts: a killed run is resumed, never started a second time.
          parts.syncs().handled(sync, pick.handled());
          run = executor.submit(() -> start.run());
        }
        case Due.LeftOut leftOut -> parts.syncs().handled(sync, pick.handled());
        case Due.Queued queued -> Thread.sleep(Duration.ofMillis(200));
        case Due.Wait(Optional<Instant> until) -> sleep(now, until, run);
      }
    }
  }

  private static void rethrow(Future<?> run) throws InterruptedException {
    try {
      run.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case InterruptedException interrupted -> throw interrupted;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private static void sleep(Instant now, Optional<Instant> until, Future<?> run)
      throws InterruptedException {
    Duration wait = until.map(at -> Duration.between(now, at)).orElse(LONGEST_SLEEP);
    Duration bound = run.isDone() ? LONGEST_SLEEP : LOOK_AFTER_RUN;
    if (wait.isPositive()) {
      Thread.sleep(wait.compareTo(bound) < 0 ? wait : bound);
    }
  }
}
