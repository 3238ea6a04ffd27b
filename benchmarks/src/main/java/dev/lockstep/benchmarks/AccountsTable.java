package dev.lockstep.benchmarks;

import java.sql.SQLException;

/** pgbench's table of accounts, as it is compared on both sides. */
final class AccountsTable {
  static final String NAME = "pgbench_accounts";

  private static final String CREATE =
      "CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84))";

  private AccountsTable() {}

  static void createEmpty(Database database) throws SQLException {
    database.execute(
        "DROP TABLE IF EXISTS pgbench_accounts",
        CREATE,
        "DROP TABLE IF EXISTS lockstep_ledger",
        "CHECKPOINT");
  }

  static void createFilled(Database database, int rows) throws SQLException {
    database.execute(
        "DROP TABLE IF EXISTS pgbench_accounts", CREATE, insert(1, rows), "CHECKPOINT");
    settle(database);
  }

  static String insert(int first, int last) {
    return "INSERT INTO pgbench_accounts SELECT g, g % 10 + 1, 0, 'row ' || g FROM generate_series("
        + first
        + ", "
        + last
        + ") g";
  }

  /** Does now what would otherwise happen during a measurement. */
  static void settle(Database database) throws SQLException {
    database.execute("VACUUM ANALYZE pgbench_accounts", "CHECKPOINT");
  }

  /** Count, sum and MD5 of all rows; the digests are added up, so that no order is needed. */
  static String fingerprint(Database database) throws SQLException {
    return database.text(
        "SELECT count(*) || ' ' || coalesce(sum(abalance), 0) || ' ' || coalesce(sum(('x' ||"
            + " left(md5(a::text), 15))::bit(60)::bigint), 0) FROM pgbench_accounts a");
  }

  /** What was measured counts only if both sides hold the same. */
  static void compare(String what, String source, Database target) throws SQLException {
    String there = fingerprint(target);
    if (!source.equals(there)) {
      throw new IllegalStateException(
          what + " left another table: source " + source + ", target " + there);
    }
  }
}
