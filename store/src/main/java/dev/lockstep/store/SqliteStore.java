package dev.lockstep.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * A store in one SQLite file, with its log {@code -wal}, its index {@code -shm} and its lock {@code
 * .lock} beside it. One instance owns it at a time; others may {@link #inspect} it meanwhile.
 *
 * <p>Writes of many callers are kept by one thread in shared commits ({@code synchronous = FULL}:
 * an answer means synced to the disk). Reads run on a few threads of their own, each on a snapshot.
 */
public final class SqliteStore implements Store {
  private final StoreLock lock;
  private final WriterThread writer;
  private final Readers readers;

  private SqliteStore(
      StoreLock lock, SqliteDatabase database, StoreOptions options, Session session) {
    this.lock = lock;
    writer = new WriterThread(database, options, session);
    readers = new Readers(database, options);
  }

  /** Opens with {@link StoreOptions#DEFAULT}. */
  public static SqliteStore open(Path file, List<Migration> migrations) {
    return open(file, migrations, StoreOptions.DEFAULT);
  }

  /**
   * Opens a store, creating it and its folder when there is none, for this user alone, and brings
   * its tables to this program's versions, parts in the order given.
   *
   * @throws StoreException when another instance owns it, it is damaged, it is no store, a newer
   *     program wrote it, or the disk refuses; the file is then as it was
   */
  public static SqliteStore open(Path file, List<Migration> migrations, StoreOptions options) {
    return open(file, migrations, options, 0);
  }

  static SqliteStore open(
      Path file, List<Migration> migrations, StoreOptions options, long maxPages) {
    SqliteDatabase database = new SqliteDatabase(real(file), options, maxPages);
    Parts parts = new Parts(migrations, database);
    StoreLock lock = StoreLock.take(database.file());
    try {
      if (!new Examination(database, parts).accept()) {
        create(database.file());
      }
      return new SqliteStore(lock, database, options, migrated(database, parts));
    } catch (RuntimeException e) {
      lock.release();
      throw e;
    }
  }

  /**
   * Opens a store for reading only, whether or not another process owns it. Writing to it throws.
   *
   * @param migrations the parts that will be read
   * @throws StoreException when there is no store, it is damaged, or these parts are not in this
   *     program's versions
   */
  public static Store inspect(Path file, List<Migration> migrations) {
    return Inspection.of(file, migrations);
  }

  @Override
  public Product product() {
    return Product.SQLITE;
  }

  @Override
  public <T> T write(Work<T> work) throws InterruptedException {
    return writer.write(work);
  }

  @Override
  public <T> T read(Work<T> work) throws InterruptedException {
    return readers.read(work);
  }

  /** What was done so far; callable from any thread at any time. */
  public StoreMetrics metrics() {
    return writer.metrics();
  }

  @Override
  public void close() {
    StoreThread.refuseCallsFromWithin();
    readers.close();
    writer.close();
    lock.release();
  }

  private static void create(Path file) {
    try {
      OwnerOnly.file(file);
    } catch (IOException e) {
      throw new StoreException(
          "store " + file + " cannot be created; check that its folder belongs to this user: " + e,
          e);
    }
  }

  private static Session migrated(SqliteDatabase database, Parts parts) {
    Session session;
    try {
      session = database.writing();
    } catch (SQLException e) {
      throw database.faults().of(e);
    }
    try {
      parts.migrate(session);
      return session;
    } catch (SQLException e) {
      session.discard();
      throw database.faults().of(e);
    } catch (RuntimeException e) {
      session.discard();
      throw e;
    }
  }

  /** One name for a file, however it was reached, so that it is locked once. */
  private static Path real(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      if (Files.exists(absolute)) {
        return absolute.toRealPath();
      }
      Path folder = absolute.getParent();
      if (folder == null || absolute.getFileName() == null) {
        throw new StoreException("store " + file + " is not a file; name a file in a folder", null);
      }
      return OwnerOnly.folder(folder).toRealPath().resolve(absolute.getFileName());
    } catch (IOException e) {
      throw new StoreException(
          "store " + file + ": its folder cannot be used; create it or choose another: " + e, e);
    }
  }
}
