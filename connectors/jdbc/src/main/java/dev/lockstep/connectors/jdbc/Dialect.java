package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
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
import java.util.ServiceLoader;

/**
 * What one product does in its own way. Stateless and thread-safe. The dialects of other modules
 * are found with {@link ServiceLoader} under this interface, and need a public constructor without
 * parameters that loads nothing of the product's driver.
 */
public interface Dialect {

  /** The dialect of a url that passed its setting's pattern. */
  static Dialect of(String url) {
    return switch (url.split(":", 3)[1]) {
      case "mariadb", "mysql" -> new MariaDbDialect();
      case "h2" -> new H2Dialect();
      case "sqlite" -> new SqliteDialect();
      // Only now, so that whoever uses the products above does not wait for the others' classes.
      default ->
          ServiceLoader.load(Dialect.class, Dialect.class.getClassLoader()).stream()
              .map(ServiceLoader.Provider::get)
              .filter(dialect -> dialect.takes(url))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no dialect for " + url));
    };
  }

  /** Whether a url is one of this product's; asked of the dialects of other modules only. */
  default boolean takes(String url) {
    return false;
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

  /** A name as it stands in a statement. */
  default String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A table as it stands in a statement, with its schema where it has one. */
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

  /** What an error means for what was asked. */
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

  /**
   * A query for another connection, which returns a row as long as the server knows this one; empty
   * where there is no server. Asks nothing of the connection, which may be broken.
   */
  default Optional<String> known(Connection connection) throws SQLException {
    return Optional.empty();
  }

  /** The column type that carries a type without loss; types in a key may need a length. */
  String columnType(Type type, boolean inKey);

  /** What says of a new column that it may be null. */
  default String nullable() {
    return "";
  }

  /** What stands after {@code ALTER TABLE name} to give a column another type. */
  default String widen(String quotedColumn, String type) {
    return "ALTER COLUMN " + quotedColumn + " TYPE " + type;
  }

  /** Whether {@code (a, b) > (?, ?)} is answered from an index. */
  boolean comparesRows();

  /** Whether reads of keyed tables go page by page, or stream through one statement. */
  default boolean pages() {
    return true;
  }

  /** The hidden column that {@link Table#rowId} names. */
  default Column rowId(String name) {
    return new Column(
        name, new Type.Int(), "", false, true, Column.Writing.NEVER, SqliteCodec.of("INTEGER"));
  }

  /** Whether a scan brings rows in the order of {@link #rowId} without being asked to. */
  default boolean comesInRowOrder() {
    return false;
  }

  /**
   * The values of the key's first column that separate a table's parts, ascending, in its codec's
   * text form for positions; fewer than asked for if the table has not enough.
   */
  default List<String> bounds(Connection connection, Table table, int parts) throws SQLException {
    return KeyRanges.bounds(connection, this, table, parts);
  }

  /**
   * Begins the transaction in which a partition is read by one statement, where the moment that it
   * is to see is not the statement's own.
   *
   * @return false if no transaction was begun
   */
  default boolean beginRead(Connection connection, DatasetId dataset) throws SQLException {
    return false;
  }

  /** Reads a partition on from a place. */
  default Cursor<Page> cursor(Sessions sessions, Scan scan, Place after, JdbcSettings settings) {
    return pages() && !scan.order().isEmpty()
        ? new KeysetCursor(sessions, scan, after, settings.fetchRows())
        : new StreamCursor(sessions, scan, after, settings.fetchRows());
  }

  /** A lock on rows that are about to be written, where the product has one. */
  default String forUpdate() {
    return "";
  }

  /** How mutations reach a table. */
  Applier applier(boolean copy);
}
