package dev.lockstep.engine.direct;

import dev.lockstep.connector.Position;
import dev.lockstep.engine.delivery.JointDelivery;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes newcomers part of a group. Both are stopped for that, whoever is behind is brought to where
 * the other one stands, and from there they are followed as one: nothing is missing between the two
 * ways of being followed, and nothing comes twice.
 *
 * <p>Killed at any step, both go on as they were or as one, as this store says; what the target's
 * ledger says of either is right in both cases, because it is the same place.
 */
final class JoinGroups {
  private final DirectGroup group;
  private final DirectGroup newcomers;
  private final Comparator<Position> order;
  private final DirectGroups.Shared shared;

  JoinGroups(
      DirectGroup group,
      DirectGroup newcomers,
      Comparator<Position> order,
      DirectGroups.Shared shared) {
    this.group = group;
    this.newcomers = newcomers;
    this.order = order;
    this.shared = shared;
  }

  /** How far both were at one time. */
  record Look(Position group, Position newcomers) {}

  /** How far both are; empty while one of them is not followed. */
  Optional<Look> look() {
    Optional<Position> one = group.reached();
    Optional<Position> other = newcomers.reached();
    return one.isPresent() && other.isPresent()
        ? Optional.of(new Look(one.get(), other.get()))
        : Optional.empty();
  }

  /**
   * Whether each has come by now to where the other one was before: then what lies between them
   * takes no longer than has passed since, and the group will not be stopped for long.
   */
  boolean areNear(Look before, Look now) {
    return order.compare(now.newcomers(), before.group()) >= 0
        && order.compare(now.group(), before.newcomers()) >= 0;
  }

  /** Has the newcomers join; false where not all syncs of both attend any more. */
  boolean join() throws InterruptedException {
    // The group comes last, so that it is stopped for no longer than it must be.
    return newcomers.paused(() ->
        group.paused(() -> {
          Optional<List<Route>> members = group.attending();
          // Nobody must find out where it belongs while that changes.
          Optional<List<Route>> others = newcomers.hold();
          try {
            boolean ready = members.isPresent() && others.isPresent();
            if (ready) {
              join(members.get(), others.get());
            }
            return ready;
          } finally {
            newcomers.letGo();
          }
        }));
  }

  private void join(List<Route> members, List<Route> others) throws InterruptedException {
    JointDelivery all = group.stand().joint(members);
    JointDelivery joining = newcomers.stand().joint(others);
    try {
      align(all, members, joining, others);
      shared.steps().reached(Steps.Step.ALIGNED);
      all.adopt(joining);
      shared.steps().reached(Steps.Step.ADOPTED);
    } finally {
      GroupStand.noteLast(all);
      GroupStand.noteLast(joining);
    }
    remember(joining);
    shared.steps().reached(Steps.Step.JOINED);
    List<SyncSpec> specs = List.copyOf(newcomers.specs());
    group.adopt(specs);
    newcomers.release(specs);
    newcomers.sendOn();
  }

  /** Invariant 4: from one place of the source on, all of them go in one transaction. */
  private void align(
      JointDelivery all, List<Route> members, JointDelivery joining, List<Route> others)
      throws InterruptedException {
    Position here = group.stand().position(group.stand().resume(all, members));
    Position there = newcomers.stand().position(newcomers.stand().resume(joining, others));
    if (order.compare(here, there) < 0) {
      group.stand().bringTo(all, members, there);
    } else {
      newcomers.stand().bringTo(joining, others, here);
    }
  }

  private void remember(JointDelivery joining) throws InterruptedException {
    List<String> names = List.copyOf(newcomers.members());
    shared
        .store()
        .write(tx -> {
          shared.membership().join(tx, names, group.name());
          DirectTable.forget(tx, newcomers.name());
          joining.dissolve(tx);
          return true;
        });
  }
}
