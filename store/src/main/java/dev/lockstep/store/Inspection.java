package dev.lockstep.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** A store that only reads, beside the instance that owns the file. */
final class Inspection implements Store {
  private static final StoreOptions OPTIONS = new StoreOptions(64, 1, 1, 2048);

  private final Readers readers;
  private final Path file;

  private Inspection(Database database) {
    this.file = database.file();
    this.readers = new Readers(database, OPTIONS, "store " + file + " is closed");
  }

  static Store of(Path file, List<Migration> migrations) {
    Database database = new Database(file.toAbsolutePath().normalize(), OPTIONS, 0);
    Parts parts = new Parts(migrations, database.faults());
    if (!new Examination(database, parts).accept()) {
      throw database.faults().refused("does not exist; start Lockstep there once, or name another");
    }
    requireUpToDate(database, parts);
    return new Inspection(database);
  }

  private static void requireUpToDate(Database database, Parts parts) {
    try {
      Session session = database.reading();
      List<String> pending = parts.pending(session);
      session.close();
      if (!pending.isEmpty()) {
        throw database
            .faults()
            .refused(
                "was written by an older Lockstep; start this one on it once, it brings up to date: "
                    + pending);
      }
    } catch (SQLException e) {
      throw database.faults().of(e);
    }
  }

  @Override
  public <T> T write(Work<T> work) {
    throw new StoreException(
        "store " + file + " was opened to be inspected; only the Lockstep that owns it writes",
        null);
  }

  @Override
  public <T> T read(Work<T> work) throws InterruptedException {
    return readers.read(work);
  }

  @Override
  public void close() {
    readers.close();
  }
}
