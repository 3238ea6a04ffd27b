package dev.lockstep.store;

import java.sql.SQLException;
import java.util.List;

/**
 * A store in a schema of a PostgreSQL database. One process owns it at a time, by a lock that its
 * writing connection holds; others may {@link #inspect} it meanwhile.
 *
 * <p>Writes of many callers are kept by one connection in shared commits. Where the connection
 * breaks during a commit, the server is asked for its outcome once it is back. A server that was
 * away for a while is connected to again; works under way meanwhile throw {@link StoreException}.
 */
public final class PostgresStore implements Store {
  private final PostgresDatabase database;
  private final WriterThread writer;
  private final Readers readers;

  private PostgresStore(PostgresDatabase database, StoreOptions options, Session session) {
    this.database = database;
    writer = new WriterThread(database, options, session);
    readers = new Readers(database, options);
  }

  /** Opens with {@link StoreOptions#DEFAULT}. */
  public static PostgresStore open(PostgresPlace place, List<Migration> migrations) {
    return open(place, migrations, StoreOptions.DEFAULT);
  }

  /**
   * Opens a store, creating its schema when there is none, and brings its tables to this program's
   * versions, parts in the order given.
   *
   * @throws StoreException when another process owns it, it is no store, a newer program wrote it,
   *     or the server refuses; the schema is then as it was
   */
  public static PostgresStore open(
      PostgresPlace place, List<Migration> migrations, StoreOptions options) {
    PostgresDatabase database = new PostgresDatabase(place);
    Parts parts = new Parts(migrations, database);
    try {
      return new PostgresStore(database, options, opened(database, parts));
    } catch (SQLException e) {
      throw database.faults().of(e);
    }
  }

  private static Session opened(PostgresDatabase database, Parts parts) throws SQLException {
    Session session = database.owning();
    try {
      parts.accept(session);
      parts.migrate(session);
      database.owned(session);
      return session;
    } catch (SQLException | RuntimeException e) {
      session.discard();
      throw e;
    }
  }

  /**
   * Opens a store for reading only, whether or not another process owns it. Writing to it throws.
   *
   * @param migrations the parts that will be read
   * @throws StoreException when there is no store, or these parts are not in this program's
   *     versions
   */
  public static Store inspect(PostgresPlace place, List<Migration> migrations) {
    PostgresDatabase database = new PostgresDatabase(place);
    Parts parts = new Parts(migrations, database);
    try {
      Session session = database.reading();
      try {
        parts.accept(session);
        SqlTx tx = session.tx();
        if (database.header().format(tx) == 0) {
          throw database
              .faults()
              .refused("does not exist; start Lockstep there once, or name another");
        }
        tx.end();
      } finally {
        session.discard();
      }
      return Inspection.of(database, parts, Product.POSTGRESQL);
    } catch (SQLException e) {
      throw database.faults().of(e);
    }
  }

  @Override
  public Product product() {
    return Product.POSTGRESQL;
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
    database.close();
    readers.close();
    writer.close();
  }
}
