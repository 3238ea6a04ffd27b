package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A publication as the server shows it.
 *
 * @param all whether it publishes every table of the database
 * @param everything whether inserts, updates, deletes and truncations are published
 * @param throughRoot whether partitions appear as the table they are parts of
 * @param tables the tables that are published one by one or by their schema
 */
record PgPublication(
    String name, boolean all, boolean everything, boolean throughRoot, Set<TableName> tables) {
  private static final String LOOK =
      "SELECT puballtables, pubinsert AND pubupdate AND pubdelete AND pubtruncate, pubviaroot"
          + " FROM pg_publication WHERE pubname = ?";

  private static final String TABLES =
      "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?";

  static Optional<PgPublication> look(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new PgPublication(
                name,
                row.getBoolean(1),
                row.getBoolean(2),
                row.getBoolean(3),
                tables(connection, name)));
      }
    }
  }

  private static Set<TableName> tables(Connection connection, String name) throws SQLException {
    Set<TableName> tables = new LinkedHashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          tables.add(new TableName(row.getString(1), row.getString(2)));
        }
      }
    }
    return tables;
  }

  boolean covers(TableName table) {
    return all || tables.contains(table);
  }

  static String create(Dialect dialect, String name, List<TableName> tables) {
    return "CREATE PUBLICATION "
        + dialect.quote(name)
        + " FOR TABLE "
        + list(dialect, tables)
        + " WITH (publish_via_partition_root = true)";
  }

  static String set(Dialect dialect, String name, List<TableName> tables) {
    return "ALTER PUBLICATION " + dialect.quote(name) + " SET TABLE " + list(dialect, tables);
  }

  static String list(Dialect dialect, List<TableName> tables) {
    return tables.stream().map(dialect::quote).collect(Collectors.joining(", "));
  }

  /** Makes the publication be of these tables and no others, for one that is Lockstep's own. */
  static void ensure(Connection connection, Dialect dialect, String name, List<TableName> tables)
      throws SQLException {
    Optional<PgPublication> found = look(connection, name);
    if (found.isPresent() && found.get().all()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      if (found.isEmpty()) {
        statement.execute(create(dialect, name, tables));
      } else if (!found.get().tables().equals(Set.copyOf(tables))) {
        statement.execute(set(dialect, name, tables));
      }
      if (found.isPresent() && !found.get().throughRoot()) {
        statement.execute(
            "ALTER PUBLICATION "
                + dialect.quote(name)
                + " SET (publish_via_partition_root = true)");
      }
    }
  }

  static void drop(Connection connection, Dialect dialect, String name) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP PUBLICATION IF EXISTS " + dialect.quote(name));
    }
  }
}
