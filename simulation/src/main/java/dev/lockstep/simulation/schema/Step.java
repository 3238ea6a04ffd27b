package dev.lockstep.simulation.schema;

import java.io.IOException;
import java.sql.SQLException;

/** Something that is done within a transaction of the load. */
interface Step {
  void take(Work work) throws SQLException, IOException;
}
