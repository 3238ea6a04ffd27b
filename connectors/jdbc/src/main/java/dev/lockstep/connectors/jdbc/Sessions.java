package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lends connections, watches over the work on them, and names what went wrong. Thread-safe. */
public final class Sessions implements AutoCloseable {
  private final Dialect dialect;
  private final Failures failures;
  private final System.Logger logger;
  private final Watches watches;
  private final Opener apart;
  private final Silence silence;
  private final Pool reading;
  private final Pool working;

  Sessions(JdbcSettings settings, Dialect dialect, ConnectorContext context) {
    this.dialect = dialect;
    this.failures = new Failures(dialect, settings.user());
    this.logger = context.logger();
    this.watches = new Watches(context.logger(), settings.silence());
    String url = dialect.url(settings.url(), context.directory());
    Properties properties = new Properties();
    properties.putAll(dialect.properties(settings.connectTimeout()));
    if (!settings.user().isEmpty()) {
      properties.setProperty("user", settings.user());
    }
    settings.password().ifPresent(it -> properties.setProperty("password", it.reveal()));
    List<String> working = dialect.workingSession(settings.statementTimeout());
    this.apart = new Opener(dialect.driver(), url, properties, settings.init());
    this.silence = new Silence(apart, patience(settings), context.logger());
    this.reading =
        new Pool(
            context.system() + "-reading",
            new Opener(
                dialect.driver(), url, properties, join(dialect.readingSession(), settings.init())),
            settings.connections(),
            settings.connectTimeout());
    this.working =
        new Pool(
            context.system() + "-working",
            new Opener(dialect.driver(), url, properties, join(working, settings.init())),
            dialect.writers(settings.connections()),
            settings.connectTimeout());
  }

  /** To ask is to connect, and a server that is busy may take as long for that as it is given. */
  private static Duration patience(JdbcSettings settings) {
    return settings.silence().compareTo(settings.connectTimeout()) > 0
        ? settings.silence()
        : settings.connectTimeout();
  }

  private static List<String> join(List<String> first, List<String> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }

  /** Work on one connection, whose transaction it ends itself. */
  public interface Work<T> {
    /** Runs on the thread that asked; an interrupt cancels the statement that it runs. */
    T with(Connection connection) throws SQLException, InterruptedException;
  }

  /** How this database speaks. */
  public Dialect dialect() {
    return dialect;
  }

  /**
   * Runs short work on a connection of its own. Throws {@link ConnectorException} with what an
   * error of the database means for this intent.
   */
  public <T> T run(Intent intent, Work<T> work) throws InterruptedException {
    return run(working, intent, work);
  }

  private <T> T run(Pool pool, Intent intent, Work<T> work) throws InterruptedException {
    try (Lease lease = new Lease(pool, intent)) {
      return lease.run(work);
    }
  }

  /** A connection for a read that goes on from page to page. */
  public Lease lease(Intent intent) throws InterruptedException {
    return new Lease(reading, intent);
  }

  /**
   * A connection outside the pools, prepared like those that write, for as long as the caller keeps
   * it; closing it closes it for good.
   */
  public Lease keep() throws InterruptedException {
    return new Lease(working, Intent.connect(), true);
  }

  /** Runs one page of a read that holds no connection between pages. */
  public <T> T read(Intent intent, Work<T> work) throws InterruptedException {
    return run(reading, intent, work);
  }

  /**
   * Opens a connection that no pool knows and the caller closes.
   *
   * @param properties what the driver is told beside the url, the user and the password
   * @param start statements that start the session, after those that the user configured
   */
  public Connection open(Map<String, String> properties, List<String> start)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      return apart.open(properties, start);
    } catch (SQLException e) {
      throw failures.of(e, Intent.connect());
    }
  }

  /**
   * Runs work on a connection that {@link #open} opened: an interrupt cancels its statement and
   * ends the connection's work at the server. After any error the connection is the caller's to
   * close.
   */
  public <T> T run(Connection connection, Intent intent, Work<T> work) throws InterruptedException {
    Held held;
    try {
      held = hold(connection);
    } catch (SQLException e) {
      throw failures.of(e, intent);
    }
    Watches.Watch watch = watches.watch(held);
    try {
      return work.with(connection);
    } catch (SQLException e) {
      if (Thread.interrupted()) {
        end(working, held.kill());
        throw (InterruptedException) new InterruptedException().initCause(e);
      }
      throw failures.of(e, intent);
    } finally {
      watch.close();
    }
  }

  /** What an error of the database means for an intent; an interrupt comes first. */
  public ConnectorException failure(SQLException e, Intent intent) throws InterruptedException {
    return failures.of(e, intent);
  }

  /**
   * Ends the server's part of interrupted work. An interrupt closes the socket of a virtual thread
   * before anything can be sent through it, and the server would go on, or go on waiting, with its
   * locks in hand.
   */
  private void end(Pool pool, Optional<String> kill) {
    try {
      if (kill.isPresent()) {
        pool.runApart(kill.get());
      }
    } catch (SQLException e) {
      logger.log(System.Logger.Level.DEBUG, "interrupted work may go on at the server", e);
    }
  }

  private Held hold(Connection connection) throws SQLException {
    return Held.of(connection, dialect, silence);
  }

  @Override
  public void close() {
    watches.close();
    reading.close();
    working.close();
  }

  /** A borrowed connection, used by one thread at a time; closing it gives it back. */
  public final class Lease implements AutoCloseable {
    private final Pool pool;
    private final Intent intent;
    private final Connection connection;
    private final Held held;
    private final boolean apart;
    private boolean discarded;

    private Lease(Pool pool, Intent intent) throws InterruptedException {
      this(pool, intent, false);
    }

    private Lease(Pool pool, Intent intent, boolean apart) throws InterruptedException {
      this.pool = pool;
      this.intent = intent;
      this.apart = apart;
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      try {
        this.connection = apart ? pool.open() : pool.borrow();
        this.held = hold(connection);
      } catch (SQLException e) {
        throw failures.of(root(e), Intent.connect());
      }
    }

    /** Runs work; an error of the database discards the connection and is thrown by its meaning. */
    public <T> T run(Work<T> work) throws InterruptedException {
      return run(() -> intent, work);
    }

    /**
     * Runs work that has several intents one after the other.
     *
     * @param current asked what was being done when the database answered with an error
     */
    public <T> T run(Supplier<Intent> current, Work<T> work) throws InterruptedException {
      Watches.Watch watch = watches.watch(held);
      try {
        return work.with(connection);
      } catch (SQLException e) {
        discard();
        if (Thread.interrupted()) {
          end(pool, held.kill());
          throw (InterruptedException) new InterruptedException().initCause(e);
        }
        throw failures.of(e, current.get());
      } catch (ConnectorException e) {
        throw e;
      } catch (InterruptedException | RuntimeException | Error e) {
        discard();
        throw e;
      } finally {
        watch.close();
      }
    }

    /**
     * Closes the connection for good instead of giving it back, if it is in the middle of
     * something.
     */
    public void abandon(boolean isBusy) {
      if (isBusy) {
        discard();
      }
    }

    private void discard() {
      if (!discarded) {
        discarded = true;
        if (apart) {
          quit();
        } else {
          pool.discard(connection);
        }
      }
    }

    private void quit() {
      try {
        connection.close();
      } catch (SQLException e) {
        logger.log(System.Logger.Level.DEBUG, "a broken connection is not closed", e);
      }
    }

    /** Whether the connection was closed because of an error; nothing more can be run then. */
    public boolean isGone() {
      return discarded;
    }

    @Override
    public void close() {
      if (discarded) {
        return;
      }
      try {
        if (apart) {
          connection.close();
        } else {
          pool.giveBack(connection);
        }
      } catch (SQLException e) {
        discard();
      }
    }
  }

  /** The pool wraps the reason in its own timeout. */
  private static SQLException root(SQLException e) {
    return e.getCause() instanceof SQLException cause ? cause : e;
  }
}
