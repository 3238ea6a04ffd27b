package dev.lockstep.store;

import java.sql.SQLException;

/** What the failures of a PostgreSQL server mean, told by their SQLSTATE. */
record PostgresFaults(PostgresPlace place) implements Faults {
  /** Whose message says all: the store may no longer be written. */
  static final String NOT_OWNED = "LK001";

  /** The connection broke while a commit was under way, and its outcome could not be asked for. */
  static final String UNKNOWN_OUTCOME = "LK002";

  @Override
  public StoreException of(SQLException e) {
    return new StoreException("store " + place + ": " + meaning(e), e);
  }

  @Override
  public StoreException atCommit(SQLException e) {
    String outcome =
        state(e).equals(UNKNOWN_OUTCOME)
            ? "; whether this write was kept is unknown until the store is read again"
            : "; nothing of this write was kept";
    return new StoreException("store " + place + ": " + meaning(e) + outcome, e);
  }

  @Override
  public StoreException refused(String fault) {
    return new StoreException("store " + place + " " + fault, null);
  }

  /** After any error PostgreSQL takes nothing more until the work's savepoint. */
  @Override
  public boolean endsTransaction(SQLException e) {
    return true;
  }

  /** That the server could not be reached, ended the connection, or is just starting. */
  static boolean isLost(SQLException e) {
    String state = state(e);
    return state.startsWith("08") || state.startsWith("57P") || state.startsWith("58");
  }

  /** That the server is there, and will soon take connections. */
  static boolean isStarting(SQLException e) {
    return state(e).equals("57P03");
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  private static String meaning(SQLException e) {
    String detail = " (" + e.getMessage() + ")";
    String state = state(e);
    if (state.equals(NOT_OWNED)) {
      return String.valueOf(e.getMessage());
    }
    if (state.equals(UNKNOWN_OUTCOME) || isLost(e)) {
      return "the connection to the server failed; see that it runs and can be reached, work then"
          + " goes on by itself"
          + detail;
    }
    return switch (state) {
      case "53100" ->
          "the server's disk is full; free space there, work then goes on by itself" + detail;
      case "53300" -> "the server has no connection left; allow it more of them" + detail;
      case "28000", "28P01" -> "the server refuses the user; correct user and password" + detail;
      case "3D000" -> "there is no such database; create it, or correct the url" + detail;
      case "42501" ->
          "the user may not do that; let the schema belong to it, or grant it CREATE on the database"
              + detail;
      case "40P01", "55P03" ->
          "another program keeps the store's tables locked; end it and try again" + detail;
      case "54000" ->
          "a value is longer than an index can hold; shorten it, or take the index away" + detail;
      default -> "a statement was refused; report this fault with the statement's text" + detail;
    };
  }
}
