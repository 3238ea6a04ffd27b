package dev.lockstep.store;

import java.sql.SQLException;

/** Two numbers that SQLite keeps for its users in the head of the file. */
record SqliteHeader(Faults faults) implements Header {
  /** "LKST": tells a store from any other SQLite database. */
  static final int APPLICATION_ID = 0x4c4b5354;

  @Override
  public long format(SqlTx tx) {
    return pragma(tx, "user_version");
  }

  @Override
  public void refuseOthers(SqlTx tx) {
    boolean empty = tx.first("select 1 from sqlite_schema", columns -> 1).isEmpty();
    if (!empty && pragma(tx, "application_id") != APPLICATION_ID) {
      throw faults.refused(
          "is an SQLite database of another program; give the store a file of its own");
    }
  }

  @Override
  public void note(Session session, int format) throws SQLException {
    session.executeScript(
        "pragma application_id = " + APPLICATION_ID + "; pragma user_version = " + format);
  }

  private static long pragma(SqlTx tx, String name) {
    return tx.first("pragma " + name, columns -> columns.integer(1)).orElse(0L);
  }
}
