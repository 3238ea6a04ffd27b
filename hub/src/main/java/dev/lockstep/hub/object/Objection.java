package dev.lockstep.hub.object;

import dev.lockstep.connector.Problem;
import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.store.Tx;
import java.util.List;

/** Has a say in what objects become. */
public interface Objection {
  /**
   * What speaks against a change; empty when it may be made. Called by the store's writing thread,
   * within the transaction of the change.
   *
   * @param objects all objects of the hub, as they would be
   */
  List<Problem> to(Tx tx, List<ObjectDefinition> objects);
}
