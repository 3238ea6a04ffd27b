package dev.lockstep.engine;

import dev.lockstep.connector.Connection;

/** Where the connection to a system comes from. */
@FunctionalInterface
public interface Reach {

  /**
   * The connection to a system of the configuration; not to be closed by whom it is given to.
   *
   * @throws dev.lockstep.connector.ConnectorException when it cannot be had, with the reason
   */
  Connection connect(String system) throws InterruptedException;
}
