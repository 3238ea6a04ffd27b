package dev.lockstep.engine.direct;

import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.Position;
import dev.lockstep.engine.delivery.AtOnce;
import dev.lockstep.engine.delivery.JointDelivery;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.sync.JointProgress;
import dev.lockstep.engine.sync.Steps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

/**
 * One stretch of following: from where the target stands until something fails or it is stopped. A
 * thread reads and maps, another makes windows and writes, a third notes progress for status.
 */
final class FollowDirectly {
  // With twice as many the database saves a little; but they live so long that the JVM moves them
  // about, which costs more.
  static final int MOST_CHANGES = 10_000;
  static final long MOST_BYTES = 8L << 20;
  private static final Duration NOTED_EVERY = Duration.ofMillis(500);
  // Native threads: both are always busy under load, and carriers are few on small machines.
  private static final ThreadFactory THREADS =
      Thread.ofPlatform().daemon().name("direct-", 0).factory();

  private final JointDelivery joint;
  private final ReadChanges read;
  private final DeliverChanges deliver;

  FollowDirectly(
      ChangeCursor cursor,
      JointDelivery joint,
      Collection<Route> routes,
      InstantSource clock,
      Steps steps,
      BooleanSupplier isPausing) {
    this.joint = joint;
    JointProgress at = joint.standing();
    List<Member> members = routes.stream().map(route -> Member.of(route, at, clock)).toList();
    Handover handover = new Handover(MOST_CHANGES, MOST_BYTES);
    this.read = new ReadChanges(cursor, members, handover, clock, steps);
    this.deliver = new DeliverChanges(joint, members, handover, read, clock, isPausing);
  }

  /** Follows until it is interrupted, either side fails, or a pause is asked for. */
  void follow() throws InterruptedException {
    AtOnce.run(
        3,
        3,
        THREADS,
        number -> {
          switch (number) {
            case 0 -> read.read();
            case 1 -> deliver.deliver();
            default -> note();
          }
        });
  }

  private void note() throws InterruptedException {
    while (true) {
      Thread.sleep(NOTED_EVERY);
      joint.save();
    }
  }

  /** Whether it has got anywhere. */
  boolean goesOn() {
    return deliver.goesOn();
  }

  Instant lastHeard() {
    return read.lastHeard();
  }

  Instant inStepAt() {
    return deliver.inStepAt();
  }

  Optional<Position> reached() {
    return deliver.reached();
  }
}
