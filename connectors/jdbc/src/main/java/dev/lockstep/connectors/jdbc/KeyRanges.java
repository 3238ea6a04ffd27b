package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Type;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;

/** Where to cut a key of whole numbers into parts of about the same size, if evenly spread. */
final class KeyRanges {
  /** Below this many rows a second partition costs more than it saves. */
  private static final long SMALL = 2000;

  private KeyRanges() {}

  /**
   * The values that separate the parts, ascending; fewer than asked for if the key has not enough.
   */
  static List<String> bounds(Connection connection, Dialect dialect, Table table, int parts)
      throws SQLException {
    Column first = Scan.need(table, table.key().getFirst());
    return first.type() instanceof Type.Int
        ? even(connection, dialect, table, first, parts)
        : List.of();
  }

  private static List<String> even(
      Connection connection, Dialect dialect, Table table, Column key, int parts)
      throws SQLException {
    String column = dialect.quote(key.name());
    String sql =
        "SELECT min(" + column + "), max(" + column + ") FROM " + dialect.quote(table.name());
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      if (!(key.codec().read(row, 1) instanceof Long min)
          || !(key.codec().read(row, 2) instanceof Long max)) {
        return List.of();
      }
      BigInteger width = BigInteger.valueOf(max).subtract(BigInteger.valueOf(min));
      return width.compareTo(BigInteger.valueOf(SMALL)) < 0 ? List.of() : cut(min, width, parts);
    } catch (UnfitException e) {
      // A key of another kind, as SQLite lets it be: one partition reads them all.
      return List.of();
    }
  }

  private static List<String> cut(long min, BigInteger width, int parts) {
    return IntStream.range(1, parts)
        .mapToObj(i -> width.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(parts)))
        .map(offset -> BigInteger.valueOf(min).add(offset).toString())
        .distinct()
        .toList();
  }
}
