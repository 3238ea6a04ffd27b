package dev.lockstep.simulation.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares every table of two databases: by count and checksum, and where these differ by row. */
final class CompareTables {
  private static final String TABLES =
      """
      SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY array_position(i.indkey::int[], a.attnum::int))
      FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
        AND c.relname NOT LIKE 'lockstep\\_%'
      GROUP BY c.relname ORDER BY c.relname
      """;

  private final Connection source;
  private final Connection target;

  CompareTables(Connection source, Connection target) {
    this.source = source;
    this.target = target;
  }

  private record Table(String name, String key) {}

  private record Sum(long rows, String md5) {}

  List<Compared> compare() throws SQLException {
    List<Compared> all = new ArrayList<>();
    for (Table table : tables()) {
      Sum expected = sum(source, table);
      all.add(
          expected.equals(sum(target, table))
              ? new Compared(table.name(), expected.rows(), 0, 0, 0, "")
              : byRow(table, expected));
    }
    return all;
  }

  private List<Table> tables() throws SQLException {
    List<Table> tables = new ArrayList<>();
    try (Statement statement = source.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        tables.add(new Table(row.getString(1), row.getString(2)));
      }
    }
    return tables;
  }

  private static Sum sum(Connection connection, Table table) throws SQLException {
    String sql =
        "SELECT count(*), md5(coalesce(string_agg(md5(t::text), '' ORDER BY %s), '')) FROM %s t"
            .formatted(table.key(), table.name());
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return new Sum(row.getLong(1), row.getString(2));
    }
  }

  private Compared byRow(Table table, Sum expected) throws SQLException {
    Map<String, String> there = rows(source, table);
    Map<String, String> here = rows(target, table);
    long lost = 0;
    long different = 0;
    String example = "";
    for (Map.Entry<String, String> row : there.entrySet()) {
      String found = here.remove(row.getKey());
      if (found == null) {
        lost++;
        example = "lost " + row.getKey();
      } else if (!found.equals(row.getValue())) {
        different++;
        example = "different " + row.getKey();
      }
    }
    if (!here.isEmpty()) {
      example = "too many " + here.keySet().iterator().next();
    }
    if (example.isEmpty()) {
      different = 1;
      example = "the rows were equal when they were looked at one by one";
    }
    return new Compared(table.name(), expected.rows(), lost, here.size(), different, example);
  }

  private static Map<String, String> rows(Connection connection, Table table) throws SQLException {
    Map<String, String> rows = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT ROW(%s)::text, md5(t::text) FROM %s t"
                    .formatted(table.key(), table.name()))) {
      while (row.next()) {
        rows.put(row.getString(1), row.getString(2));
      }
    }
    return rows;
  }
}
