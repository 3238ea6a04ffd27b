package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Type;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What one product does in its own way. Stateless. */
sealed interface Dialect permits PostgresDialect, MariaDbDialect, SqliteDialect, H2Dialect {

  /** The dialect of a url that passed its setting's pattern. */
  static Dialect of(String url) {
    return switch (url.split(":", 3)[1]) {
      case "postgresql" -> new PostgresDialect();
      case "mariadb", "mysql" -> new MariaDbDialect();
      case "h2" -> new H2Dialect();
      case "sqlite" -> new SqliteDialect();
      default -> throw new IllegalStateException("no dialect for " + url);
    };
  }

  /**
   * The url that the driver takes; a relative path is resolved against the configuration's folder.
   */
  default String url(String given, Path directory) {
    return given;
  }

  /**
   * The product's driver. Asked for by name, so that the other products' drivers are not loaded.
   */
  Driver driver();

  /** What the driver is told beside the url. */
  Map<String, String> properties(Duration connectTimeout);

  /** Statements that start a session for reading whole tables. */
  List<String> readingSession();

  /** Statements that start a session for everything else. */
  List<String> workingSession(Duration statementTimeout);

  /** How many connections may write at once, of those the user allows. */
  default int writers(int connections) {
    return connections;
  }

  default String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  default String quote(TableName name) {
    return (name.schema().isEmpty() ? "" : quote(name.schema()) + ".") + quote(name.table());
  }

  /** The schema of tables that are named without one; empty where the product has none. */
  String currentSchema(Connection connection) throws SQLException;

  /** Whether a dataset's name says the schema even if it is the current one. */
  default boolean namesSchema() {
    return false;
  }

  /** The tables and views of a schema, or of all when none is named, or the one that is named. */
  List<Table> tables(Connection connection, Optional<TableName> one) throws SQLException;

  /**
   * About how many rows the product believes a table to have, at the cost of a look into its
   * catalogue; empty when it does not know.
   */
  OptionalLong rows(Connection connection, Table table) throws SQLException;

  Fault fault(SQLException e);

  /** The statement that gives a user what an intent takes. */
  default String grant(Intent intent, String user) {
    return "GRANT " + intent.privileges() + " ON " + intent.what() + " TO " + user;
  }

  /** Cancels whatever the connection is running; called from another thread. */
  void cancel(Connection connection) throws SQLException;

  /**
   * A statement for another connection that ends this one's work at the server; empty where there
   * is no server. Asks nothing of the connection, which may be broken.
   */
  default Optional<String> kill(Connection connection) throws SQLException {
    return Optional.empty();
  }

  /** The column type that carries a type without loss; types in a key may need a length. */
  String columnType(Type type, boolean inKey);

  /** What says of a new column that it may be null. */
  default String nullable() {
    return "";
  }

  /** Whether {@code (a, b) > (?, ?)} is answered from an index. */
  boolean comparesRows();

  /** Whether reads of keyed tables go page by page, or stream through one statement. */
  default boolean pages() {
    return true;
  }

  /** A lock on rows that are about to be written, where the product has one. */
  default String forUpdate() {
    return "";
  }

  /** How mutations reach a table. */
  Applier applier(boolean copy);
}
