package dev.lockstep.engine.direct;

import dev.lockstep.connector.Change;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.run.Remap;
import dev.lockstep.engine.run.RetryParked;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.run.WatchShape;
import dev.lockstep.engine.sync.JointProgress;
import java.time.InstantSource;

/** One sync while it is followed. Its changes are numbered by the thread that reads. */
final class Member {
  private final Route route;
  private final Remap remap;
  private final RetryParked retries;
  private final WatchShape shape;
  private long sequence;

  /**
   * @param read how many changes it has read before
   */
  Member(Route route, long read, InstantSource clock) {
    this.route = route;
    this.remap = new Remap(route);
    this.retries = new RetryParked(route, clock);
    this.shape = new WatchShape(route);
    this.sequence = read;
  }

  static Member of(Route route, JointProgress at, InstantSource clock) {
    return new Member(route, at.of(route.spec().name()).captured(), clock);
  }

  Route route() {
    return route;
  }

  RetryParked retries() {
    return retries;
  }

  /** A change as an item, mapped; throws {@link Reshaped} where its shape is one not known yet. */
  Item item(Change change) throws InterruptedException {
    if (shape.hasChanged(change)) {
      throw new Reshaped(WatchShape.prepareAnew(route));
    }
    return remap.item(change, ++sequence);
  }

  /** Counts a change that is no item. */
  void pass() {
    sequence++;
  }
}
