package dev.lockstep.store;

import java.io.File;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Keeps the write-ahead log from growing without end. SQLite starts the log over only when no
 * reader needs it, and readers that overlap without a gap always do; when the log has grown too
 * large the writer therefore waits a little for those who read now, while new ones read the file.
 */
final class WalBound {
  /** More than is kept of a log that was started over, so that one that was is left alone. */
  private static final long LARGE = SqliteDatabase.LOG_KEPT_BYTES + (16L << 20);

  /** A reader of minutes would otherwise cost every few commits a wait in vain. */
  private static final long GROWTH_BETWEEN_TRIES = 16L << 20;

  private static final int COMMITS_BETWEEN_LOOKS = 16;

  private final File log;
  private int commits;
  private long tryAbove = LARGE;

  WalBound(Path file) {
    log = new File(file + "-wal");
  }

  /** Called after each commit. */
  void keep(SqliteSession session) throws SQLException {
    if (++commits % COMMITS_BETWEEN_LOOKS == 0) {
      long length = log.length();
      if (length > tryAbove) {
        tryAbove = session.restartLog() ? LARGE : length + GROWTH_BETWEEN_TRIES;
      }
    }
  }
}
