package dev.lockstep.hub.batch;

import dev.lockstep.store.Tx;
import java.util.List;

/** Where a handler notes what became of items in the very transaction that wrote them. */
public interface Checkpoint {
  /**
   * Notes outcomes, in the items' order. Called once for one call of {@link ItemHandler#write},
   * where its items are written in a transaction of the store; a handler whose items are not never
   * calls it, and they are noted right after.
   */
  void note(Tx tx, List<ItemOutcome> outcomes);
}
