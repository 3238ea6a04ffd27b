package dev.lockstep.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** Opens connections to one file, each set up for its role. */
final class SqliteDatabase implements Database {
  /** 16 MiB of log: fewer checkpoints than SQLite's own 4 MiB, and each still ends in moments. */
  private static final int CHECKPOINT_PAGES = 4096;

  static final int LOG_KEPT_BYTES = 32 << 20;
  private static final int READER_SHARE = 4;
  static final int BUSY_MILLIS = 5_000;

  private final Path file;
  private final StoreOptions options;
  private final long maxPages;
  private final SqliteFaults faults;
  private final WalBound walBound;

  /**
   * @param maxPages the size at which the file counts as full; 0 for no limit but the disk's
   */
  SqliteDatabase(Path file, StoreOptions options, long maxPages) {
    this.file = file;
    this.options = options;
    this.maxPages = maxPages;
    this.faults = new SqliteFaults(file);
    this.walBound = new WalBound(file);
  }

  Path file() {
    return file;
  }

  @Override
  public SqliteFaults faults() {
    return faults;
  }

  @Override
  public Header header() {
    return new SqliteHeader(faults);
  }

  @Override
  public void afterCommit(Session session) throws SQLException {
    walBound.keep((SqliteSession) session);
  }

  @Override
  public String closedMessage() {
    return "store " + file + " is closed";
  }

  @Override
  public void close() {}

  /** Creates the file when there is none. */
  @Override
  public Session writing() throws SQLException {
    return opened(
        new SQLiteConfig(),
        options.cacheKiB(),
        "pragma journal_mode = wal",
        // Invariant 1: what is acknowledged is on the disk, not only in the system's cache.
        "pragma synchronous = full",
        "pragma foreign_keys = on",
        "pragma wal_autocheckpoint = " + CHECKPOINT_PAGES,
        "pragma journal_size_limit = " + LOG_KEPT_BYTES,
        maxPages == 0 ? "pragma max_page_count" : "pragma max_page_count = " + maxPages);
  }

  /** Does not change the file even by a checkpoint when it closes. */
  @Override
  public Session reading() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    // Every commit empties it, so that it rarely serves more than the query under way.
    return opened(config, Math.max(1, options.cacheKiB() / READER_SHARE));
  }

  private Session opened(SQLiteConfig config, int cacheKiB, String... pragmas) throws SQLException {
    config.setBusyTimeout(BUSY_MILLIS);
    // Else the driver asks for the row's id after every insert, which nobody here reads that way.
    config.setGetGeneratedKeys(false);
    // As a URI, because a plain path would be cut at a question mark.
    Connection connection =
        JDBC.createConnection("jdbc:sqlite:" + file.toUri(), config.toProperties());
    try (Statement statement = connection.createStatement()) {
      // Invariant 8: the cache is bounded by configuration.
      statement.execute("pragma cache_size = -" + cacheKiB);
      for (String pragma : pragmas) {
        statement.execute(pragma);
      }
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new SqliteSession(connection, faults);
  }
}
