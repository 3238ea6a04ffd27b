package dev.lockstep.connectors.jdbc;

/**
 * What was being done to what, for the messages of failures.
 *
 * @param what a table, or the database as a whole
 * @param privileges the privileges this takes
 */
public record Intent(String verb, String what, String privileges) {
  /** Opening a connection. */
  public static Intent connect() {
    return new Intent("connecting", "the database", "CONNECT");
  }

  /** Reading the catalog. */
  public static Intent describe() {
    return new Intent("reading the catalog of", "the database", "SELECT");
  }

  /** Reading a table. */
  public static Intent read(TableName table) {
    return new Intent("reading", table.toString(), "SELECT");
  }

  /** Writing a table. */
  public static Intent write(TableName table) {
    return new Intent("writing", table.toString(), "SELECT, INSERT, UPDATE, DELETE");
  }

  /** Creating a table. */
  public static Intent alter(TableName table) {
    return new Intent("altering", table.toString(), "ALTER");
  }

  public static Intent create(TableName table) {
    return new Intent("creating", table.toString(), "CREATE");
  }
}
