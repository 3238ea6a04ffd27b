package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads PostgreSQL's catalog: all in two queries, whatever the number of tables. */
final class PostgresCatalog {
  private static final String COLUMNS =
      PgTypeRow.DOMAINS
          + "SELECT "
          + PgTypeRow.SELECTED
          + """
          , c.oid AS table_oid, n.nspname, c.relname, c.relkind, a.attname,
            a.attnotnull, a.atthasdef, a.attidentity, a.attgenerated,
            format_type(a.atttypid, a.atttypmod) AS sql_type,
            coalesce(b.modifier, a.atttypmod) AS modifier,
            EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.condeferred) AS deferred
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          LEFT JOIN resolved b ON b.domain = a.atttypid
          JOIN pg_type t ON t.oid = coalesce(b.type, a.atttypid)
          """
          + PgTypeRow.ELEMENT
          + """
          WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
            AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
            AND c.relname <> 'lockstep_ledger'
            AND (?::text IS NULL OR (n.nspname = ? AND c.relname = ?))
          ORDER BY n.nspname, c.relname, a.attnum\
          """;

  private static final String INDEXES =
      """
      SELECT i.indrelid AS table_oid, i.indisprimary,
        i.indisunique AND i.indimmediate AND i.indisvalid AND i.indpred IS NULL AS is_unique,
        array(SELECT coalesce(a.attname::text, '') FROM unnest(i.indkey[0:i.indnkeyatts - 1])
          WITH ORDINALITY AS k(attnum, place)
          LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum > 0
          ORDER BY k.place) AS columns
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
        AND (?::text IS NULL OR (n.nspname = ? AND c.relname = ?))
      ORDER BY i.indrelid, NOT i.indisprimary, i.indexrelid\
      """;

  private static final String OWN =
      """
      SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'\
      """;

  private final Connection connection;

  PostgresCatalog(Connection connection) {
    this.connection = connection;
  }

  /** What is known of a table while its rows in the catalog are read. */
  private record Draft(TableName name, String kind, boolean deferrable, List<Column> columns) {}

  private record Index(boolean primary, boolean unique, List<String> columns) {}

  List<Table> tables(Optional<TableName> one) throws SQLException {
    Map<Long, Draft> drafts = drafts(one);
    Map<Long, List<Index>> indexes = indexes(one);
    List<Table> tables = new ArrayList<>();
    drafts.forEach((oid, draft) -> tables.add(table(draft, indexes.getOrDefault(oid, List.of()))));
    return tables;
  }

  /** The tables that are no partitions of another. */
  static Set<DatasetId> ownTables(Connection connection) throws SQLException {
    Set<DatasetId> own = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(OWN);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        own.add(new DatasetId(new TableName(row.getString(1), row.getString(2)).toString()));
      }
    }
    return own;
  }

  private Map<Long, Draft> drafts(Optional<TableName> one) throws SQLException {
    Map<Long, Draft> drafts = new LinkedHashMap<>();
    try (PreparedStatement statement = prepare(COLUMNS, one);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long oid = row.getLong("table_oid");
        Draft draft = drafts.get(oid);
        if (draft == null) {
          draft =
              new Draft(
                  new TableName(row.getString("nspname"), row.getString("relname")),
                  row.getString("relkind"),
                  row.getBoolean("deferred"),
                  new ArrayList<>());
          drafts.put(oid, draft);
        }
        draft.columns().add(column(row));
      }
    }
    return drafts;
  }

  private PreparedStatement prepare(String sql, Optional<TableName> one) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    String schema = one.map(TableName::schema).orElse(null);
    statement.setString(1, schema);
    statement.setString(2, schema);
    statement.setString(3, one.map(TableName::table).orElse(null));
    return statement;
  }

  private static Column column(ResultSet row) throws SQLException {
    PgTypes.Mapped mapped = PgTypes.of(PgTypeRow.read(row));
    boolean generated = !row.getString("attgenerated").isEmpty();
    String identity = row.getString("attidentity");
    boolean nullable = !row.getBoolean("attnotnull");
    return new Column(
        row.getString("attname"),
        mapped.type(),
        row.getString("sql_type"),
        nullable,
        nullable || row.getBoolean("atthasdef") || !identity.isEmpty(),
        generated
            ? Column.Writing.NEVER
            : identity.equals("a") ? Column.Writing.INSERT_ONLY : Column.Writing.FREE,
        mapped.codec());
  }

  private Map<Long, List<Index>> indexes(Optional<TableName> one) throws SQLException {
    Map<Long, List<Index>> indexes = new LinkedHashMap<>();
    try (PreparedStatement statement = prepare(INDEXES, one);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Array columns = row.getArray("columns");
        indexes
            .computeIfAbsent(row.getLong("table_oid"), oid -> new ArrayList<>())
            .add(
                new Index(
                    row.getBoolean("indisprimary"),
                    row.getBoolean("is_unique"),
                    Arrays.asList((String[]) columns.getArray())));
      }
    }
    return indexes;
  }

  private static Table table(Draft draft, List<Index> indexes) {
    Set<String> required = new HashSet<>();
    draft.columns().stream().filter(c -> !c.nullable()).forEach(c -> required.add(c.name()));
    List<String> key = List.of();
    List<Set<String>> uniques = new ArrayList<>();
    Set<String> indexed = new HashSet<>();
    for (Index index : indexes) {
      indexed.add(index.columns().getFirst());
      if (index.unique() && !index.columns().contains("")) {
        uniques.add(Set.copyOf(index.columns()));
        key = key.isEmpty() && required.containsAll(index.columns()) ? index.columns() : key;
      }
    }
    return new Table(
        draft.name(),
        draft.columns(),
        key,
        uniques,
        indexed,
        Map.of(),
        draft.kind().equals("r") ? "ctid" : "",
        draft.deferrable());
  }
}
