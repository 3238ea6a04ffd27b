package dev.lockstep.simulation.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Two tables that every transaction changes together: what one loses the other gains, and both
 * count it. Whoever sees one without the other sees a torn transaction.
 */
final class Books {
  private static final int ACCOUNTS = 50;
  private static final int MOST_PAIRS = 4;
  private static final String READ =
      "SELECT (SELECT coalesce(sum(balance), 0) FROM book_debit), (SELECT coalesce(sum(entries), 0) FROM book_debit),"
          + " (SELECT coalesce(sum(balance), 0) FROM book_credit), (SELECT coalesce(sum(entries), 0) FROM book_credit)";

  private Books() {}

  /** What both books say at one moment. */
  record State(long debit, long debitEntries, long credit, long creditEntries) {
    /** Whether no transaction is seen in part. */
    boolean isWhole() {
      return debitEntries == creditEntries && debit + credit == 2_000L * ACCOUNTS;
    }
  }

  static void transfer(Work work) throws SQLException {
    int pairs = work.pick(MOST_PAIRS);
    for (int pair = 0; pair < pairs; pair++) {
      int amount = work.pick(100);
      work.change(
          "UPDATE book_debit SET balance = balance - ?, entries = entries + 1 WHERE account = ?",
          amount,
          work.pick(ACCOUNTS));
      work.change(
          "UPDATE book_credit SET balance = balance + ?, entries = entries + 1 WHERE account = ?",
          amount,
          work.pick(ACCOUNTS));
    }
  }

  /** Both in one statement, which sees one state of the database. */
  static State read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(READ)) {
      row.next();
      return new State(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
  }
}
