package dev.lockstep.store;

import java.sql.SQLException;

/** Says what is wrong with a store, and what to do about it. */
interface Faults {

  /** What a statement's failure means. */
  StoreException of(SQLException e);

  /** What a failed commit means for the works in it. */
  StoreException atCommit(SQLException e);

  /** A store that cannot be used, for a reason. */
  StoreException refused(String fault);

  /** True when the database may have ended the whole transaction, not only the statement. */
  boolean endsTransaction(SQLException e);
}
