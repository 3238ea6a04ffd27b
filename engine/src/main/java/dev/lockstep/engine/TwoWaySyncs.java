package dev.lockstep.engine;

import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.twoway.Conflict;
import dev.lockstep.engine.twoway.Conflicts;
import dev.lockstep.engine.twoway.End;
import dev.lockstep.engine.twoway.FirstReport;
import dev.lockstep.store.Store;
import java.util.Map;

/**
 * The syncs that keep two datasets equal in both directions, by the name of the sync there. Methods
 * that speak of a sync throw {@link UnknownSync} when there is no such one. Thread-safe.
 */
public final class TwoWaySyncs {
  private final Map<String, KeepEqual> syncs;
  private final Conflicts conflicts;

  TwoWaySyncs(Store store, Map<String, KeepEqual> syncs) {
    this.syncs = syncs;
    this.conflicts = new Conflicts(store);
  }

  /** The log of conflicts. */
  public Conflicts conflicts() {
    return conflicts;
  }

  /** How both ends compare; writes nothing. */
  public FirstReport compare(String sync) throws InterruptedException {
    return sync(sync).report();
  }

  /**
   * Has both ends made equal, as soon as the sync is at work. Nothing is deleted at an end of which
   * nothing was agreed before.
   *
   * @param different who wins where both ends have a record and differ
   */
  public void confirm(String sync, ConflictPolicy different) throws InterruptedException {
    sync(sync).confirm(different);
  }

  /** Makes both ends of a record that is held what one of them holds. */
  public void resolve(Conflict conflict, End winner) throws InterruptedException {
    sync(conflict.sync()).resolve(conflict, winner);
  }

  /** Gives both ends what one of them held before a decision, as a new edit. */
  public void reverse(Conflict conflict, End image) throws InterruptedException {
    sync(conflict.sync()).reverse(conflict, image);
  }

  private KeepEqual sync(String name) {
    KeepEqual found = syncs.get(name);
    if (found == null) {
      throw new UnknownSync("two-way sync", name, syncs.keySet());
    }
    return found;
  }
}
