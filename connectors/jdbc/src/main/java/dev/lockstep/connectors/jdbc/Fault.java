package dev.lockstep.connectors.jdbc;

/** What a database's error means for what was asked of it. */
public enum Fault {
  /**
   * Unreachable, busy, chosen as a deadlock's victim, cancelled: the same call may succeed later.
   */
  TRANSIENT,
  /** One of the records is at fault, the statement is not. */
  DATA,
  /** The user may not do this. */
  PRIVILEGE,
  /** The user may not connect at all. */
  CREDENTIALS,
  /** The table or its schema is not there. */
  MISSING,
  /** The statement does not fit the table any more: it was altered since it was described. */
  ALTERED,
  PERMANENT;

  /** Reads a standard SQLSTATE; what is peculiar to a product its dialect knows. */
  public static Fault ofState(String state) {
    return switch (state) {
      case "42501" -> PRIVILEGE;
      case "42P01", "42S02", "3F000" -> MISSING;
      case "42703", "42S22" -> ALTERED;
      case "25006", "P0004", "HYT00", "HYT01" -> TRANSIENT;
      case "P0001", "54000" -> DATA;
      default -> ofClass(state.length() < 2 ? "" : state.substring(0, 2));
    };
  }

  private static Fault ofClass(String states) {
    return switch (states) {
      case "08", "40", "53", "55", "57", "58" -> TRANSIENT;
      case "21", "22", "23", "44" -> DATA;
      case "28" -> CREDENTIALS;
      default -> PERMANENT;
    };
  }
}
