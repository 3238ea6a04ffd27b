package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Scan;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.UnfitException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where to cut a table's key into parts of about the same size. */
final class PgKeyRanges {
  /** Below this many rows a second partition costs more than it saves. */
  private static final long SMALL = 2000;

  private static final int SAMPLE_PAGES = 300;

  private PgKeyRanges() {}

  /** The values that separate the parts, ascending; fewer than asked for of a small table. */
  static List<String> bounds(Connection connection, Dialect dialect, Table table, int parts)
      throws SQLException {
    Column first = Scan.need(table, table.key().getFirst());
    return sampled(connection, dialect, table, (PgCodec) first.codec(), parts);
  }

  /** Percentiles of a sample, which work for keys of every type and however they are spread. */
  private static List<String> sampled(
      Connection connection, Dialect dialect, Table table, PgCodec codec, int parts)
      throws SQLException {
    String name = dialect.quote(table.name());
    long pages = pages(connection, name);
    double percent = pages <= SAMPLE_PAGES ? 100 : 100.0 * SAMPLE_PAGES / pages;
    String fractions =
        IntStream.range(1, parts)
            .mapToObj(i -> Double.toString((double) i / parts))
            .collect(Collectors.joining(","));
    String key = dialect.quote(table.key().getFirst());
    String sql =
        "SELECT unnest(percentile_disc(ARRAY["
            + fractions
            + "]::float8[]) WITHIN GROUP (ORDER BY "
            + key
            + "))::text FROM "
            + name
            + " TABLESAMPLE SYSTEM ("
            + percent
            + ") HAVING count(*) > "
            + (percent == 100 ? SMALL : 0);
    Set<String> bounds = new LinkedHashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        String bound = row.getString(1);
        if (bound != null) {
          bounds.add(codec.print(codec.parse(bound)));
        }
      }
    } catch (UnfitException e) {
      // A key that cannot be read: the read itself names it.
      return List.of();
    }
    return List.copyOf(bounds);
  }

  private static long pages(Connection connection, String table) throws SQLException {
    String sql =
        "SELECT sum(pg_relation_size(relid)) / current_setting('block_size')::bigint"
            + " FROM pg_partition_tree(?::regclass)"
            + " UNION ALL SELECT pg_relation_size(?::regclass) / current_setting('block_size')::bigint";
    long pages = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      statement.setString(2, table);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          pages = Math.max(pages, row.getLong(1));
        }
      }
    }
    return pages;
  }
}
