package dev.lockstep.connectors.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads SQLite's catalog through its pragma functions. */
final class SqliteCatalog {
  private final Connection connection;

  SqliteCatalog(Connection connection) {
    this.connection = connection;
  }

  /** The key's columns by their place in it, while a table's columns are read. */
  private record Draft(List<Column> columns, TreeMap<Integer, String> key) {}

  List<Table> tables(Optional<TableName> one) throws SQLException {
    List<Table> tables = new ArrayList<>();
    String sql =
        "SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main'"
            + " AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            + " AND name <> 'lockstep_ledger' AND (?1 IS NULL OR name = ?1) ORDER BY name";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, one.map(TableName::table).orElse(null));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          boolean hasRowId = row.getString(2).equals("table") && row.getInt(3) == 0;
          tables.add(table(row.getString(1), hasRowId));
        }
      }
    }
    return tables;
  }

  private Table table(String name, boolean hasRowId) throws SQLException {
    Draft draft = draft(name, hasRowId);
    List<String> key = List.copyOf(draft.key().values());
    List<Set<String>> uniques = new ArrayList<>();
    Set<String> indexed = new HashSet<>();
    if (!key.isEmpty()) {
      uniques.add(Set.copyOf(key));
      indexed.add(key.getFirst());
    }
    readIndexes(name, uniques, indexed);
    return new Table(
        new TableName("", name),
        draft.columns(),
        key,
        uniques,
        indexed,
        Map.of(),
        hasRowId ? rowId(draft.columns()) : "",
        false);
  }

  private static String rowId(List<Column> columns) {
    Set<String> names = new HashSet<>();
    columns.forEach(column -> names.add(column.name().toLowerCase(Locale.ROOT)));
    return List.of("rowid", "_rowid_", "oid").stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .orElse("");
  }

  private Draft draft(String table, boolean hasRowId) throws SQLException {
    Draft draft = new Draft(new ArrayList<>(), new TreeMap<>());
    String sql =
        "SELECT name, type, \"notnull\", dflt_value, pk, hidden,"
            + " (SELECT max(pk) FROM pragma_table_xinfo(?1)) FROM pragma_table_xinfo(?1)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getInt(6) == 1) {
            continue;
          }
          boolean isRowId =
              hasRowId
                  && row.getInt(7) == 1
                  && row.getInt(5) == 1
                  && row.getString(2).equalsIgnoreCase("INTEGER");
          draft.columns().add(column(row, isRowId));
          if (row.getInt(5) > 0) {
            draft.key().put(row.getInt(5), row.getString(1));
          }
        }
      }
    }
    return draft;
  }

  private static Column column(ResultSet row, boolean isRowId) throws SQLException {
    SqliteCodec codec = SqliteCodec.of(row.getString(2));
    boolean nullable = row.getInt(3) == 0 && !isRowId;
    return new Column(
        row.getString(1),
        codec.type(),
        row.getString(2),
        nullable,
        nullable || isRowId || row.getString(4) != null,
        row.getInt(6) > 1 ? Column.Writing.NEVER : Column.Writing.FREE,
        codec);
  }

  private void readIndexes(String table, List<Set<String>> uniques, Set<String> indexed)
      throws SQLException {
    String sql =
        "SELECT l.name, l.\"unique\", l.partial, i.name, i.seqno"
            + " FROM pragma_index_list(?1) l JOIN pragma_index_info(l.name) i"
            + " ORDER BY l.seq, i.seqno";
    Map<String, Set<String>> columns = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String column = row.getString(4) == null ? "" : row.getString(4);
          if (row.getInt(5) == 0) {
            indexed.add(column);
          }
          if (row.getBoolean(2) && !row.getBoolean(3)) {
            columns.computeIfAbsent(row.getString(1), index -> new HashSet<>()).add(column);
          }
        }
      }
    }
    columns.values().stream().filter(names -> !names.contains("")).forEach(uniques::add);
  }
}
