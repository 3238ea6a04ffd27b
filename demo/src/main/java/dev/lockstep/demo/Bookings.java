package dev.lockstep.demo;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** The finance database and the reporting one, as their own users see them. */
final class Bookings {
  private static final int UPDATES = 250;
  private static final int OPENED = 3;
  private static final int CLOSED = 2;

  private final DemoFolder folder;
  private final Random random = new Random(20260101);

  Bookings(DemoFolder folder) {
    this.folder = folder;
  }

  /** What a day changed. */
  record Day(int changed, int opened, int closed) {}

  /** What a comparison found. */
  record Comparison(long equal, long different) {}

  /** A day's bookings, in one transaction. */
  Day book() throws SQLException {
    try (Connection finance = finance()) {
      finance.setAutoCommit(false);
      long last = last(finance);
      int changed = 0;
      try (PreparedStatement statement =
          finance.prepareStatement(
              "UPDATE \"customers\" SET \"acctbal\" = \"acctbal\" + ? WHERE \"custkey\" = ?")) {
        for (int i = 0; i < UPDATES; i++) {
          statement.setBigDecimal(1, BigDecimal.valueOf(1 + random.nextInt(100_000), 2));
          statement.setLong(2, 1 + random.nextLong(last));
          changed += statement.executeUpdate();
        }
      }
      open(finance, last);
      int closed = close(finance, last);
      finance.commit();
      return new Day(changed, OPENED, closed);
    }
  }

  private static long last(Connection finance) throws SQLException {
    try (Statement statement = finance.createStatement();
        ResultSet row = statement.executeQuery("SELECT max(\"custkey\") FROM \"customers\"")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void open(Connection finance, long last) throws SQLException {
    try (PreparedStatement statement =
        finance.prepareStatement(
            "INSERT INTO \"customers\" VALUES (?, ?, '1 New Street', 7, '17-000-000-0000', 100, 'MACHINERY', '')")) {
      for (long key = last + 1; key <= last + OPENED; key++) {
        statement.setLong(1, key);
        statement.setString(2, "Customer#" + "%09d".formatted(key));
        statement.executeUpdate();
      }
    }
  }

  private int close(Connection finance, long last) throws SQLException {
    int closed = 0;
    try (PreparedStatement statement =
        finance.prepareStatement("DELETE FROM \"customers\" WHERE \"custkey\" = ?")) {
      while (closed < CLOSED) {
        statement.setLong(1, 1 + random.nextLong(last));
        closed += statement.executeUpdate();
      }
    }
    return closed;
  }

  /** Walks through both tables by key, side by side. */
  Comparison compare() throws SQLException {
    try (Connection finance = finance();
        Connection reports = open("reports", folder.ports().reports());
        Statement left = finance.createStatement();
        Statement right = reports.createStatement();
        ResultSet source =
            left.executeQuery(
                "SELECT \"custkey\", \"name\", \"mktsegment\", \"acctbal\" FROM \"customers\" ORDER BY 1");
        ResultSet target =
            right.executeQuery(
                "SELECT \"customer\", \"name\", \"segment\", \"balance\" FROM \"account_balances\" ORDER BY 1")) {
      return compare(source, target);
    }
  }

  private static Comparison compare(ResultSet source, ResultSet target) throws SQLException {
    long equal = 0;
    long different = 0;
    boolean left = source.next();
    boolean right = target.next();
    while (left || right) {
      int order = !left ? 1 : !right ? -1 : Long.compare(source.getLong(1), target.getLong(1));
      if (order == 0 && sameFields(source, target)) {
        equal++;
      } else {
        different++;
      }
      left = order <= 0 ? source.next() : left;
      right = order >= 0 ? target.next() : right;
    }
    return new Comparison(equal, different);
  }

  private static boolean sameFields(ResultSet source, ResultSet target) throws SQLException {
    return source.getString(2).equals(target.getString(2))
        && source.getString(3).equals(target.getString(3))
        && source.getBigDecimal(4).compareTo(target.getBigDecimal(4)) == 0;
  }

  private Connection finance() throws SQLException {
    return open("finance", folder.ports().finance());
  }

  private Connection open(String name, int port) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:tcp://127.0.0.1:" + port + "/./" + name, name, folder.secret(name + ".password"));
  }
}
