package dev.lockstep.engine.reconcile;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Writer.Mutation;

/**
 * One order to the target.
 *
 * @param decides whether the item's fate hangs on this entry: true for all but the delete that
 *     clears the old key of a record that moved
 */
public record Entry(Item item, Mutation mutation, boolean decides) {

  /** The key of the record it writes or deletes. */
  Key key() {
    return mutation.key();
  }
}
