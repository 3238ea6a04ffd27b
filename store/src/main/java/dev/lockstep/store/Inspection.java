package dev.lockstep.store;

import java.nio.file.Path;
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

  static Store of(Path file) {
    Database database = new Database(file.toAbsolutePath().normalize(), OPTIONS, 0);
    if (!new Examination(database, new Parts(List.of(), database.faults())).accept()) {
      throw database.faults().refused("does not exist; start Lockstep there once, or name another");
    }
    return new Inspection(database);
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
