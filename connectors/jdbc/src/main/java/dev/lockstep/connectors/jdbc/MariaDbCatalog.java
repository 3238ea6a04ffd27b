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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads information_schema of MariaDB and MySQL. */
final class MariaDbCatalog {
  private static final String OWN =
      "c.table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')"
          + " AND c.table_name <> 'lockstep_ledger'"
          + " AND (? IS NULL OR (c.table_schema = ? AND c.table_name = ?))";
  private static final String COLUMNS =
      "SELECT c.table_schema, c.table_name, c.column_name, c.data_type, c.column_type, c.is_nullable,"
          + " c.column_default, c.extra, coalesce(c.numeric_precision, 0) AS digits,"
          + " coalesce(c.numeric_scale, 0) AS scale, coalesce(c.datetime_precision, 0) AS fraction,"
          + " coalesce(c.character_maximum_length, 0) AS length"
          + " FROM information_schema.columns c WHERE "
          + OWN
          + " ORDER BY c.table_schema, c.table_name, c.ordinal_position";
  private static final String INDEXES =
      "SELECT c.table_schema, c.table_name, c.index_name, c.non_unique, c.column_name, c.sub_part,"
          + " c.seq_in_index FROM information_schema.statistics c WHERE "
          + OWN
          + " ORDER BY c.table_schema, c.table_name, c.index_name <> 'PRIMARY', c.index_name,"
          + " c.seq_in_index";
  private static final String JSON_CHECKS =
      "SELECT c.constraint_schema, c.table_name, c.check_clause"
          + " FROM information_schema.check_constraints c"
          + " WHERE c.check_clause LIKE 'json_valid(%'"
          + " AND (? IS NULL OR (c.constraint_schema = ? AND c.table_name = ?))";

  private final Connection connection;

  MariaDbCatalog(Connection connection) {
    this.connection = connection;
  }

  private static final class Draft {
    private final List<Column> columns = new ArrayList<>();
    private final Map<String, String> uncarried = new HashMap<>();
    private final Map<String, List<String>> uniques = new LinkedHashMap<>();
    private final Set<String> indexed = new HashSet<>();

    private Table table(TableName name) {
      Set<String> required = new HashSet<>();
      columns.stream().filter(c -> !c.nullable()).forEach(c -> required.add(c.name()));
      List<String> key =
          uniques.values().stream().filter(required::containsAll).findFirst().orElse(List.of());
      List<Set<String>> sets = uniques.values().stream().<Set<String>>map(HashSet::new).toList();
      return new Table(name, columns, key, sets, indexed, uncarried, "", false);
    }
  }

  List<Table> tables(Optional<TableName> one) throws SQLException {
    Map<TableName, Set<String>> json = jsonColumns(one);
    Map<TableName, Draft> drafts = new LinkedHashMap<>();
    try (PreparedStatement statement = prepare(COLUMNS, one);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        TableName name = name(row);
        Draft draft = drafts.computeIfAbsent(name, key -> new Draft());
        boolean isJson = json.getOrDefault(name, Set.of()).contains(row.getString("column_name"));
        addColumn(row, isJson, draft);
      }
    }
    readIndexes(one, drafts);
    List<Table> tables = new ArrayList<>();
    drafts.forEach((name, draft) -> tables.add(draft.table(name)));
    return tables;
  }

  private PreparedStatement prepare(String sql, Optional<TableName> one) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    String schema = one.map(TableName::schema).orElse(null);
    statement.setString(1, schema);
    statement.setString(2, schema);
    statement.setString(3, one.map(TableName::table).orElse(null));
    return statement;
  }

  private static TableName name(ResultSet row) throws SQLException {
    return new TableName(row.getString(1), row.getString(2));
  }

  /** MariaDB's JSON is text with a check; MySQL has a type of its own and no such view. */
  private Map<TableName, Set<String>> jsonColumns(Optional<TableName> one) throws SQLException {
    Map<TableName, Set<String>> json = new HashMap<>();
    if (!connection.getMetaData().getDatabaseProductName().equals("MariaDB")) {
      return json;
    }
    try (PreparedStatement statement = prepare(JSON_CHECKS, one);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        String clause = row.getString(3);
        int start = clause.indexOf('`');
        int end = clause.lastIndexOf('`');
        if (start >= 0 && end > start) {
          json.computeIfAbsent(name(row), key -> new HashSet<>())
              .add(clause.substring(start + 1, end));
        }
      }
    }
    return json;
  }

  private static void addColumn(ResultSet row, boolean isJson, Draft draft) throws SQLException {
    String name = row.getString("column_name");
    String sqlType = row.getString("column_type");
    Optional<MariaDbCodec> codec =
        MariaDbCodec.of(
            isJson ? "json" : row.getString("data_type").toLowerCase(Locale.ROOT),
            sqlType.toLowerCase(Locale.ROOT),
            row.getInt("digits"),
            row.getInt("scale"),
            row.getInt("fraction"),
            row.getLong("length"));
    if (codec.isEmpty()) {
      draft.uncarried.put(name, sqlType);
      return;
    }
    String extra = row.getString("extra").toUpperCase(Locale.ROOT);
    boolean nullable = row.getString("is_nullable").equals("YES");
    boolean generated = extra.contains("GENERATED") && !extra.contains("DEFAULT_GENERATED");
    draft.columns.add(
        new Column(
            name,
            codec.get().type(),
            sqlType,
            nullable,
            nullable || row.getString("column_default") != null || extra.contains("AUTO_INCREMENT"),
            generated ? Column.Writing.NEVER : Column.Writing.FREE,
            codec.get()));
  }

  private void readIndexes(Optional<TableName> one, Map<TableName, Draft> drafts)
      throws SQLException {
    try (PreparedStatement statement = prepare(INDEXES, one);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Draft draft = drafts.get(name(row));
        if (draft == null) {
          continue;
        }
        // A prefix of a column, or an expression, tells no records apart.
        boolean whole = row.getString("column_name") != null && row.getString("sub_part") == null;
        String column = whole ? row.getString("column_name") : "";
        if (row.getInt("seq_in_index") == 1) {
          draft.indexed.add(column);
        }
        if (row.getInt("non_unique") == 0) {
          draft
              .uniques
              .computeIfAbsent(row.getString("index_name"), index -> new ArrayList<>())
              .add(column);
        }
      }
    }
    drafts.values().forEach(draft -> draft.uniques.values().removeIf(names -> names.contains("")));
  }
}
