package dev.lockstep.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** A store that only reads, beside the instance that owns it. */
final class Inspection implements Store {
  static final StoreOptions OPTIONS = new StoreOptions(64, 1, 1, 2048);

  private final Readers readers;
  private final Database database;
  private final Product product;

  private Inspection(Database database, Product product) {
    this.database = database;
    this.product = product;
    this.readers = new Readers(database, OPTIONS);
  }

  static Store of(Path file, List<Migration> migrations) {
    SqliteDatabase database = new SqliteDatabase(file.toAbsolutePath().normalize(), OPTIONS, 0);
    Parts parts = new Parts(migrations, database);
    if (!new Examination(database, parts).accept()) {
      throw database.faults().refused("does not exist; start Lockstep there once, or name another");
    }
    return of(database, parts, Product.SQLITE);
  }

  /** Of a store that is there and was accepted. */
  static Store of(Database database, Parts parts, Product product) {
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
    return new Inspection(database, product);
  }

  @Override
  public Product product() {
    return product;
  }

  @Override
  public <T> T write(Work<T> work) {
    throw database
        .faults()
        .refused("was opened to be inspected; only the Lockstep that owns it writes");
  }

  @Override
  public <T> T read(Work<T> work) throws InterruptedException {
    return readers.read(work);
  }

  @Override
  public void close() {
    database.close();
    readers.close();
  }
}
