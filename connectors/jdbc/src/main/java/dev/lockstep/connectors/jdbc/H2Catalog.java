package dev.lockstep.connectors.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads H2's information_schema. */
final class H2Catalog {
  private static final String OWN =
      "c.table_schema <> 'INFORMATION_SCHEMA' AND upper(c.table_name) <> 'LOCKSTEP_LEDGER'"
          + " AND (CAST(?1 AS VARCHAR) IS NULL OR (c.table_schema = ?1 AND c.table_name = ?2))";
  private static final String COLUMNS =
      "SELECT c.table_schema, c.table_name, c.column_name, c.data_type, c.is_nullable,"
          + " c.column_default, c.is_identity, c.identity_generation, c.is_generated, t.table_type,"
          + " coalesce(c.numeric_precision, 0) AS digits, coalesce(c.numeric_scale, 0) AS scale,"
          + " coalesce(c.datetime_precision, 0) AS fraction,"
          + " coalesce(c.character_maximum_length, 0) AS length"
          + " FROM information_schema.columns c JOIN information_schema.tables t"
          + " ON t.table_schema = c.table_schema AND t.table_name = c.table_name WHERE "
          + OWN
          + " ORDER BY c.table_schema, c.table_name, c.ordinal_position";
  private static final String INDEXES =
      "SELECT c.table_schema, c.table_name, c.index_name, c.column_name, c.is_unique,"
          + " c.ordinal_position"
          + " FROM information_schema.index_columns c JOIN information_schema.indexes i"
          + " ON i.index_schema = c.index_schema AND i.index_name = c.index_name WHERE "
          + OWN
          + " ORDER BY c.table_schema, c.table_name, i.index_type_name <> 'PRIMARY KEY',"
          + " c.index_name, c.ordinal_position";

  private final Connection connection;

  H2Catalog(Connection connection) {
    this.connection = connection;
  }

  private static final class Draft {
    private final List<Column> columns = new ArrayList<>();
    private final Map<String, String> uncarried = new HashMap<>();
    private final Map<String, List<String>> uniques = new LinkedHashMap<>();
    private final Set<String> indexed = new HashSet<>();
    private boolean isBase;

    private Table table(TableName name) {
      Set<String> required = new HashSet<>();
      columns.stream().filter(c -> !c.nullable()).forEach(c -> required.add(c.name()));
      List<String> key =
          uniques.values().stream().filter(required::containsAll).findFirst().orElse(List.of());
      List<Set<String>> sets = uniques.values().stream().<Set<String>>map(HashSet::new).toList();
      String rowId = isBase ? "_ROWID_" : "";
      return new Table(name, columns, key, sets, indexed, uncarried, rowId, false);
    }
  }

  List<Table> tables(Optional<TableName> one) throws SQLException {
    Map<TableName, Draft> drafts = new LinkedHashMap<>();
    try (PreparedStatement statement = prepare(COLUMNS, one);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Draft draft = drafts.computeIfAbsent(name(row), key -> new Draft());
        draft.isBase = row.getString("table_type").equals("BASE TABLE");
        addColumn(row, draft);
      }
    }
    try (PreparedStatement statement = prepare(INDEXES, one);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Draft draft = drafts.get(name(row));
        if (draft != null) {
          addIndex(row, draft);
        }
      }
    }
    List<Table> tables = new ArrayList<>();
    drafts.forEach((name, draft) -> tables.add(draft.table(name)));
    return tables;
  }

  private PreparedStatement prepare(String sql, Optional<TableName> one) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setString(1, one.map(TableName::schema).orElse(null));
    statement.setString(2, one.map(TableName::table).orElse(null));
    return statement;
  }

  private static TableName name(ResultSet row) throws SQLException {
    return new TableName(row.getString(1), row.getString(2));
  }

  private static void addColumn(ResultSet row, Draft draft) throws SQLException {
    String name = row.getString("column_name");
    String sqlType = row.getString("data_type");
    Optional<H2Codec> codec =
        H2Codec.of(
            sqlType,
            row.getInt("digits"),
            row.getInt("scale"),
            row.getInt("fraction"),
            row.getLong("length"));
    if (codec.isEmpty()) {
      draft.uncarried.put(name, sqlType);
      return;
    }
    boolean nullable = row.getString("is_nullable").equals("YES");
    boolean identity = row.getString("is_identity").equals("YES");
    boolean always = identity && "ALWAYS".equals(row.getString("identity_generation"));
    boolean generated = row.getString("is_generated").equals("ALWAYS") && !identity;
    draft.columns.add(
        new Column(
            name,
            codec.get().type(),
            sqlType,
            nullable,
            nullable || identity || row.getString("column_default") != null,
            generated || always ? Column.Writing.NEVER : Column.Writing.FREE,
            codec.get()));
  }

  private static void addIndex(ResultSet row, Draft draft) throws SQLException {
    String column = row.getString("column_name");
    if (row.getInt("ordinal_position") == 1) {
      draft.indexed.add(column);
    }
    if (row.getBoolean("is_unique")) {
      draft
          .uniques
          .computeIfAbsent(row.getString("index_name"), index -> new ArrayList<>())
          .add(column);
    }
  }
}
