package dev.lockstep.store;

import java.sql.SQLException;

/** Where a store's state is, and how it is reached. Thread-safe. */
interface Database {

  /** A connection that writes. Only one is open at a time. */
  Session writing() throws SQLException;

  /** A connection that cannot change anything. */
  Session reading() throws SQLException;

  /** What failures mean. */
  Faults faults();

  /** Where it notes that it is a store. */
  Header header();

  /** Called by the writer after each commit. */
  void afterCommit(Session session) throws SQLException;

  /** What is said of a store that was closed. */
  String closedMessage();

  /** No connection is waited for any longer. */
  void close();
}
