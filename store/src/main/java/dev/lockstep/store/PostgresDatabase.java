package dev.lockstep.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Opens connections to one schema of a PostgreSQL database, each set up for its role. */
final class PostgresDatabase implements Database {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** How long a process that was just killed may still own the schema: the server must notice. */
  private static final Duration FORMER_OWNER = Duration.ofSeconds(3);

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
  private static final Duration READER_TRUSTED = Duration.ofMillis(500);
  private static final int CONNECT_SECONDS = 10;

  private final PostgresPlace place;
  private final PostgresFaults faults;
  private final PostgresOwner owner;
  private final TableGate gate = new TableGate();
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Session found;

  PostgresDatabase(PostgresPlace place) {
    this.place = place;
    this.faults = new PostgresFaults(place);
    this.owner = new PostgresOwner(place.schema());
  }

  @Override
  public PostgresFaults faults() {
    return faults;
  }

  @Override
  public Header header() {
    return new PostgresHeader(faults);
  }

  @Override
  public void afterCommit(Session session) {}

  @Override
  public String closedMessage() {
    return "store " + place + " is closed";
  }

  @Override
  public void close() {
    closed.countDown();
  }

  TableGate gate() {
    return gate;
  }

  /** The first connection that writes: it owns the schema, which is made when it is missing. */
  Session owning() throws SQLException {
    Connection connection = connected(false);
    try {
      PostgresServer.accept(connection, faults);
      PostgresServer.makeSchema(connection, place.schema());
      own(connection, FORMER_OWNER);
      return writing(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Called once the tables are there; from then on another owner is noticed. */
  void owned(Session session) throws SQLException {
    SqlTx tx = session.tx();
    owner.is(PostgresHeader.own(tx));
    tx.end();
    session.commit();
  }

  /** The one that asked for an outcome, or another, which must get the schema back first. */
  @Override
  public Session writing() throws SQLException {
    Session kept = found;
    found = null;
    return kept == null ? regained() : kept;
  }

  private Session regained() throws SQLException {
    Connection connection = connected(true);
    try {
      own(connection, PATIENCE);
      Session session = writing(connection);
      SqlTx tx = session.tx();
      owner.confirm(PostgresHeader.owner(tx));
      tx.end();
      session.rollback();
      return session;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void own(Connection connection, Duration patience) throws SQLException {
    long start = System.nanoTime();
    while (!owner.take(connection)) {
      if (!mayWait(start, patience)) {
        throw owner.taken(connection);
      }
    }
    connection.commit();
  }

  /**
   * Whether a transaction was committed whose connection broke meanwhile. Owning the schema again
   * means that the old connection has ended, so the answer is final.
   *
   * @param number what the transaction had counted itself as
   */
  boolean kept(long number, SQLException fault) throws SQLException {
    try {
      Session session = regained();
      try {
        SqlTx tx = session.tx();
        long last = PostgresHeader.commits(tx);
        tx.end();
        session.rollback();
        found = session;
        return last >= number;
      } catch (SQLException | RuntimeException e) {
        session.discard();
        throw e;
      }
    } catch (SQLException | StoreException e) {
      SQLException unknown =
          new SQLException(fault.getMessage(), PostgresFaults.UNKNOWN_OUTCOME, fault);
      unknown.addSuppressed(e);
      throw unknown;
    }
  }

  @Override
  public Session reading() throws SQLException {
    Connection connection = connected(true);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return new PostgresSession(connection, this, READER_TRUSTED);
  }

  private Session writing(Connection connection) {
    return new PostgresSession(connection, this, Duration.ZERO);
  }

  /**
   * @param patient waits for a server that is away; one that is starting is always waited for
   */
  private Connection connected(boolean patient) throws SQLException {
    long start = System.nanoTime();
    while (true) {
      try {
        return connect();
      } catch (SQLException e) {
        boolean passing = patient ? PostgresFaults.isLost(e) : PostgresFaults.isStarting(e);
        if (!passing || !mayWait(start, PATIENCE)) {
          throw e;
        }
      }
    }
  }

  /** Waits a little, unless it was long enough. */
  private boolean mayWait(long start, Duration patience) throws SQLException {
    try {
      return System.nanoTime() - start < patience.toNanos()
          && !closed.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", "08000", e);
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = new Driver().connect(place.url(), properties());
    if (connection == null) {
      throw new SQLException("'" + place + "' is no jdbc:postgresql address", "08001");
    }
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute(PostgresServer.SETUP);
      }
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", place.user());
    properties.setProperty("password", place.password());
    properties.setProperty("currentSchema", place.schema());
    properties.setProperty("ApplicationName", "lockstep store");
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    // The server reads a text as what it is compared with or kept in.
    properties.setProperty("stringtype", "unspecified");
    // As texts these are the same whether a statement was prepared or not.
    properties.setProperty("binaryTransferDisable", "DATE,TIME,TIMESTAMP,TIMESTAMPTZ,NUMERIC,BOOL");
    // Statements are kept here; closing one is to free it at the server too.
    properties.setProperty("preparedStatementCacheQueries", "0");
    properties.setProperty("prepareThreshold", "1");
    return properties;
  }
}
