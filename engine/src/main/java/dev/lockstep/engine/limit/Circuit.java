package dev.lockstep.engine.limit;

import dev.lockstep.engine.limit.Backoff.Jitter;
import dev.lockstep.engine.limit.CircuitState.Closed;
import dev.lockstep.engine.limit.CircuitState.HalfOpen;
import dev.lockstep.engine.limit.CircuitState.Open;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Spares a target that keeps failing, and the time of those who would call it. Closed, all calls
 * pass; after too many transient failures it opens and none does; when the open time is over one
 * call passes as a probe, whose success closes it and whose failure opens it for longer.
 *
 * <p>Outcomes of calls that began before the last change of state are ignored: they tell about the
 * past. Thread-safe; never blocks.
 */
public final class Circuit {
  private static final Duration PROBING = Duration.ofSeconds(1);

  private final CircuitSpec spec;
  private final InstantSource clock;
  private final Backoff openTime;
  private final RecentCalls recent;
  private CircuitState state = new Closed(0);
  private long round;
  private @Nullable Ailment ailment;

  /** Since when a target is left alone, through all its probes, and how its latest call failed. */
  public record Ailment(Instant since, String failure) {}

  public Circuit(CircuitSpec spec, InstantSource clock, RandomGenerator random) {
    this.spec = spec;
    this.clock = clock;
    this.openTime = new Backoff(spec.firstOpen(), spec.longestOpen(), Jitter.EQUAL, random);
    this.recent = new RecentCalls(spec.window());
  }

  public synchronized CircuitState state() {
    return state;
  }

  /** Empty while all calls pass. */
  public synchronized Optional<Ailment> ailment() {
    return Optional.ofNullable(ailment);
  }

  /** Asks for leave to call. An {@link Passage.Admitted} must be closed. */
  public synchronized Passage enter() {
    Instant now = clock.instant();
    return switch (state) {
      case Closed closed -> new Passage.Admitted(this, round);
      case HalfOpen halfOpen -> new Passage.Refused(now.plus(PROBING));
      case Open open when isOpen(open, now) -> new Passage.Refused(open.until());
      case Open open -> {
        move(new HalfOpen(now, open.times()));
        yield new Passage.Admitted(this, round);
      }
    };
  }

  /** A clock put back before the opening must not keep it open for longer. */
  private static boolean isOpen(Open open, Instant now) {
    return now.isBefore(open.until()) && !now.isBefore(open.since());
  }

  synchronized void succeeded(long of) {
    if (of != round) {
      return;
    }
    switch (state) {
      case Closed closed -> {
        recent.add(false);
        state = new Closed(0);
      }
      case HalfOpen halfOpen -> {
        recent.clear();
        ailment = null;
        move(new Closed(0));
      }
      case Open open -> throw new IllegalStateException("a call of this round passed while open");
    }
  }

  synchronized void failed(long of, Duration retryAfter, String failure) {
    if (of != round) {
      return;
    }
    switch (state) {
      case Closed closed -> {
        recent.add(true);
        int inARow = closed.failuresInARow() + 1;
        if (inARow >= spec.failuresInARow() || recent.failedAtLeast(spec.failurePercent())) {
          open(1, retryAfter, failure);
        } else {
          state = new Closed(inARow);
        }
      }
      case HalfOpen halfOpen -> open(halfOpen.times() + 1, retryAfter, failure);
      case Open open -> throw new IllegalStateException("a call of this round passed while open");
    }
  }

  /** A probe that was given up leaves the question open: the next caller may ask at once. */
  synchronized void abandoned(long of) {
    if (of == round && state instanceof HalfOpen halfOpen) {
      Instant now = clock.instant();
      move(new Open(now, now, halfOpen.times()));
    }
  }

  private void open(int times, Duration retryAfter, String failure) {
    Instant now = clock.instant();
    ailment = new Ailment(ailment == null ? now : ailment.since(), failure);
    move(new Open(now, now.plus(openTime.after(times, retryAfter)), times));
  }

  private void move(CircuitState next) {
    state = next;
    round++;
  }
}
