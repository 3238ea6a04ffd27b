package dev.lockstep.store;

import java.sql.SQLException;

/** Where a database notes that it holds a store, and in which format. */
interface Header {

  /** The format of the store that is there; 0 for none. */
  long format(SqlTx tx);

  /** Throws when what is there belongs to another program. */
  void refuseOthers(SqlTx tx);

  /** Notes the format, within a transaction that writes. */
  void note(Session session, int format) throws SQLException;
}
