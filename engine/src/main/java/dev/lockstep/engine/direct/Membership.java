package dev.lockstep.engine.direct;

import dev.lockstep.store.Tx;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** What is remembered of which group each sync belongs to. Thread-safe. */
public interface Membership {
  /**
   * Where a sync belongs.
   *
   * @param loaded whether its dataset is wholly loaded there
   */
  record Part(String group, boolean loaded) {}

  /** Where a sync belongs; empty for one that never was in a group. */
  Optional<Part> of(String sync) throws InterruptedException;

  /** Makes syncs that are loaded belong to a group. */
  void join(Tx tx, Collection<String> syncs, String group);

  /**
   * Forgets where syncs belong that are in some groups and are none of these: what changes while
   * they are away is not kept for them, so that they must be loaded again should they come back.
   */
  void forgetOthers(Set<String> groups, Set<String> syncs) throws InterruptedException;
}
