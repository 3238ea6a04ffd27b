package dev.lockstep.engine.direct;

import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.engine.sync.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a group's following goes, stretch by stretch. Told by one thread, asked by any. */
final class Course {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private volatile @Nullable FollowDirectly now;
  private volatile @Nullable Trouble trouble;
  private volatile Instant lastHeard = Instant.EPOCH;
  private volatile Instant inStepAt = Instant.EPOCH;
  private volatile boolean lost;
  private int failures;

  void begins(FollowDirectly follow) {
    now = follow;
  }

  void ends() {
    if (goesOn()) {
      trouble = null;
    }
    lastHeard = lastHeard();
    if (inStepAt().isAfter(inStepAt)) {
      // It went on in between, so the next failure is the first of its kind.
      inStepAt = inStepAt();
      failures = 0;
    }
    now = null;
  }

  /** Until something has got through, what kept it is not over. */
  private boolean goesOn() {
    FollowDirectly follow = now;
    return follow != null && follow.goesOn();
  }

  void failed(Failure failure, String what, Instant at) {
    noteLost(failure);
    trouble = Trouble.of(what, failure, at).after(trouble);
  }

  /** Notes whether the position is lost. */
  void noteLost(Failure failure) {
    lost = failure instanceof Failure.PositionLost;
  }

  boolean isLost() {
    return lost;
  }

  /** What was lost is to be loaded anew. */
  void beginsAnew() {
    trouble = null;
    lost = false;
  }

  Optional<Trouble> trouble() {
    return Optional.ofNullable(goesOn() ? null : trouble);
  }

  Instant lastHeard() {
    FollowDirectly follow = now;
    return follow == null ? lastHeard : follow.lastHeard();
  }

  Instant inStepAt() {
    FollowDirectly follow = now;
    return follow == null || follow.inStepAt().isBefore(inStepAt) ? inStepAt : follow.inStepAt();
  }

  /** Up to where everything was delivered; empty while nothing is followed. */
  Optional<Position> reached() {
    return Optional.ofNullable(now).flatMap(FollowDirectly::reached);
  }

  /** How long to wait after a failure that may pass; longer each time. */
  Duration backOff() {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures++, 10));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }
}
