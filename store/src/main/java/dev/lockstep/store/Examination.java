package dev.lockstep.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Looks at an existing file through a connection that cannot write, so that a file which is refused
 * stays as it was: even closing a writing connection would copy the log into it.
 */
final class Examination {
  /**
   * Checking every page takes about a second for each 500 MiB; larger files are checked as they are
   * read.
   */
  private static final long CHECKED_WHOLE_BYTES = 64L << 20;

  private final SqliteDatabase database;
  private final Parts parts;

  Examination(SqliteDatabase database, Parts parts) {
    this.database = database;
    this.parts = parts;
  }

  /** Throws when the file is there and cannot be used; false when there is no file yet. */
  boolean accept() {
    long size = size(database.file());
    if (size <= 0) {
      refuseLogWithoutFile();
      return false;
    }
    try {
      Session session = database.reading();
      try {
        examine(session, size);
      } finally {
        session.close();
      }
    } catch (SQLException e) {
      throw database.faults().of(e);
    }
    return true;
  }

  private void examine(Session session, long size) {
    parts.accept(session);
    if (size <= CHECKED_WHOLE_BYTES) {
      SqlTx tx = session.tx();
      Optional<String> finding = tx.first("pragma quick_check(1)", columns -> columns.text(1));
      tx.end();
      finding
          .filter(text -> !text.equals("ok"))
          .ifPresent(text -> {
            throw database.faults().damaged(text);
          });
    }
  }

  /** An emptied file would otherwise be taken for a new store, and its log be thrown away. */
  private void refuseLogWithoutFile() {
    Path log = Path.of(database.file() + "-wal");
    if (size(log) > 0) {
      throw database
          .faults()
          .damaged("the file is missing or empty, but its log " + log + " is not");
    }
  }

  /** The size, or -1 when there is no file. */
  private long size(Path path) {
    try {
      return Files.exists(path) ? Files.size(path) : -1;
    } catch (IOException e) {
      throw new StoreException("store " + path + " cannot be looked at: " + e, e);
    }
  }
}
