package dev.lockstep.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says what is wrong with a store's file, and what to do about it. */
final class SqliteFaults implements Faults {
  private final Path file;

  SqliteFaults(Path file) {
    this.file = file;
  }

  @Override
  public StoreException of(SQLException e) {
    return new StoreException("store " + file + ": " + meaning(primary(e), detail(e)), e);
  }

  @Override
  public StoreException atCommit(SQLException e) {
    String outcome =
        primary(e) == SQLiteErrorCode.SQLITE_IOERR.code
            ? "; whether this write was kept is unknown until the store is read again"
            : "; nothing of this write was kept";
    return new StoreException("store " + file + ": " + meaning(primary(e), detail(e)) + outcome, e);
  }

  StoreException damaged(String detail) {
    return new StoreException("store " + file + ": " + damage(detail), null);
  }

  @Override
  public StoreException refused(String fault) {
    return new StoreException("store " + file + " " + fault, null);
  }

  @Override
  public boolean endsTransaction(SQLException e) {
    int code = primary(e);
    return code != SQLiteErrorCode.SQLITE_CONSTRAINT.code
        && code != SQLiteErrorCode.SQLITE_ERROR.code
        && code != SQLiteErrorCode.SQLITE_MISMATCH.code;
  }

  private static String detail(SQLException e) {
    return String.valueOf(e.getMessage());
  }

  private static String meaning(int code, String detail) {
    return switch (SQLiteErrorCode.getErrorCode(code)) {
      case SQLITE_FULL ->
          "its disk is full; free space there, work then goes on by itself (" + detail + ")";
      case SQLITE_CORRUPT, SQLITE_NOTADB -> damage(detail);
      case SQLITE_IOERR ->
          "reading or writing the file failed; check the disk and its mount (" + detail + ")";
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
          "the file cannot be opened or written; check that it and its folder belong to this user ("
              + detail
              + ")";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "another program keeps the file locked; close it and try again (" + detail + ")";
      case SQLITE_TOOBIG ->
          "a value is larger than a store can hold; send it in smaller parts (" + detail + ")";
      default ->
          "a statement was refused; report this fault with the statement's text (" + detail + ")";
    };
  }

  private static String damage(String detail) {
    return "the file is damaged and was left as it is; stop Lockstep and put back a backup of it,"
        + " or move it away together with its -wal file to start empty ("
        + detail
        + ")";
  }

  /** SQLite puts the kind of an error into the low byte, details above it. */
  private static int primary(SQLException e) {
    return e.getErrorCode() & 0xff;
  }
}
