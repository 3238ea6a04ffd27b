package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Problem;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * What the log tells of the old state of a table's rows.
 *
 * @param kind {@code d} for the primary key, {@code i} for an index, {@code f} for all, {@code n}
 *     for nothing
 * @param columns the columns of that key or index
 * @param ordinary whether the log tells of it at all: a view's rows are in no log
 */
record PgIdentity(char kind, List<String> columns, boolean ordinary) {
  /** Each partition has an identity of its own; the worst of them counts. */
  private static final String IDENTITY =
      """
      WITH part AS (
        SELECT c.oid, c.relreplident, c.relkind FROM pg_class c WHERE c.oid = ?::regclass
        UNION
        SELECT c.oid, c.relreplident, c.relkind FROM pg_partition_tree(?::regclass) t
        JOIN pg_class c ON c.oid = t.relid AND c.relkind = 'r')
      SELECT relreplident::text, relkind IN ('r', 'p') AS ordinary,
        array(SELECT a.attname::text FROM pg_index i
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
          WHERE i.indrelid = part.oid AND CASE relreplident
            WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident ELSE false END) AS columns
      FROM part
      ORDER BY relreplident = 'n' DESC, relreplident = 'i' DESC, relreplident = 'd' DESC,
        relkind = 'p' LIMIT 1\
      """;

  static PgIdentity of(Connection connection, TableName table) throws SQLException {
    String name = new PostgresDialect().quote(table);
    try (PreparedStatement statement = connection.prepareStatement(IDENTITY)) {
      statement.setString(1, name);
      statement.setString(2, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new PgIdentity(
            row.getString(1).charAt(0),
            Arrays.asList((String[]) row.getArray(3).getArray()),
            row.getBoolean(2));
      }
    }
  }

  List<Problem> problems(Dialect dialect, DatasetId dataset, Table table) {
    String alter = "ALTER TABLE " + dialect.quote(table.name());
    if (!ordinary) {
      return List.of(
          problem(dataset, "is no table, so the log does not tell its changes", "use `schedule`"));
    }
    if (table.key().isEmpty()) {
      return List.of(
          problem(
              dataset,
              "has no key, so its records cannot be told apart",
              "run: "
                  + alter
                  + " ADD PRIMARY KEY (...), or, with a unique index on columns that are not null, "
                  + alter
                  + " REPLICA IDENTITY USING INDEX ..."));
    }
    if (kind == 'n' || (kind != 'f' && !columns.containsAll(table.key()))) {
      String what =
          kind == 'n' || columns.isEmpty()
              ? "does not log which record was changed or deleted"
              : "logs " + columns + " of a record that is deleted, and not its key " + table.key();
      return List.of(
          problem(
              dataset,
              what,
              "run: "
                  + alter
                  + " REPLICA IDENTITY DEFAULT, if it has a primary key, or "
                  + alter
                  + " REPLICA IDENTITY FULL"));
    }
    return List.of();
  }

  private static Problem problem(DatasetId dataset, String fault, String remedy) {
    return new Problem("tables", "table " + dataset + " " + fault, remedy);
  }
}
