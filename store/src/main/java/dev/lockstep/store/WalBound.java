package dev.lockstep.store;

import java.io.File;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Keeps the write-ahead log from growing without end. SQLite starts the log over only when no
 * reader needs it, and readers that overlap without a gap always do; now and then the writer
 * therefore waits a little for such a gap.
 */
final class WalBound {
  /**
   * Twice what the automatic checkpoint lets it grow to, so that it acts only where that one
   * failed.
   */
  private static final long BYTES = 2L * Database.CHECKPOINT_PAGES * 4096;

  private static final int COMMITS_BETWEEN_LOOKS = 64;

  private final File log;
  private int commits;

  WalBound(Path file) {
    log = new File(file + "-wal");
  }

  /** Called after each commit. */
  void keep(Session session) throws SQLException {
    if (++commits % COMMITS_BETWEEN_LOOKS == 0 && log.length() > BYTES) {
      session.restartLog();
    }
  }
}
