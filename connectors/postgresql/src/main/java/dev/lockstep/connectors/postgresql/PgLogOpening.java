package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connectors.jdbc.Failures;
import dev.lockstep.connectors.jdbc.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts streams of one subscription, and says what their errors mean. */
final class PgLogOpening implements PgLogCursor.Opening {
  private static final String IN_USE = "55006";
  private static final Duration RELEASE = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 10;

  private final Sessions sessions;
  private final PostgresSettings settings;
  private final PgLogReader.Place place;
  private final String application;
  private final AtomicBoolean streaming;

  /**
   * @param streaming whether large transactions are asked for before they are committed; becomes
   *     false when the server proves unable to
   */
  PgLogOpening(
      Sessions sessions,
      PostgresSettings settings,
      PgLogReader.Place place,
      String application,
      AtomicBoolean streaming) {
    this.sessions = sessions;
    this.settings = settings;
    this.place = place;
    this.application = application;
    this.streaming = streaming;
  }

  @Override
  public PgStream open(long from, boolean binary) throws InterruptedException {
    free();
    PgReplication replication = PgReplication.open(sessions, application, settings.silence());
    boolean started = false;
    try {
      PgStream stream =
          sessions.run(
              replication.connection(),
              PgReplication.INTENT,
              on -> start(replication, from, binary));
      started = true;
      return stream;
    } finally {
      if (!started) {
        replication.close();
      }
    }
  }

  private PgStream start(PgReplication replication, long from, boolean binary)
      throws SQLException, InterruptedException {
    try {
      return replication.start(command(from, binary));
    } catch (SQLException e) {
      throw failure(e, PgPosition.print(from));
    }
  }

  /**
   * The protocol's version is the newest the server has. Of what it adds, large transactions come
   * before their commit; two-phase commit is not asked for, since nothing may be delivered that
   * does not commit.
   */
  private String command(long from, boolean binary) {
    int major = place.version() / 10_000;
    return "START_REPLICATION SLOT \""
        + place.names().slot()
        + "\" LOGICAL "
        + PgPosition.print(from)
        + " (proto_version '"
        + Math.clamp(major - 12, 1, 4)
        + "', publication_names "
        + PgLiterals.literal(sessions.dialect().quote(place.names().publication()))
        + ", messages 'true'"
        + (binary ? ", binary 'true'" : "")
        + (streaming.get() ? ", streaming 'on'" : "")
        + ")";
  }

  /**
   * A stream of this process that broke may still be there at the server, which knows no better.
   */
  private void free() throws InterruptedException {
    sessions.run(
        PgReplication.INTENT,
        connection -> {
          PgSlot.endReader(connection, place.names().slot(), application);
          awaitFree(connection, place.names().slot());
          return true;
        });
  }

  /** Waits a little for a slot's reader to let go of it. */
  static void awaitFree(Connection connection, String name)
      throws SQLException, InterruptedException {
    long until = System.nanoTime() + RELEASE.toNanos();
    Optional<PgSlot> slot = PgSlot.look(connection, name);
    while (slot.isPresent() && slot.get().isActive()) {
      if (System.nanoTime() > until) {
        throw new SQLException(
            "replication slot "
                + name
                + " is read by process "
                + slot.get().reader()
                + " ('"
                + slot.get().application()
                + "')",
            IN_USE);
      }
      Thread.sleep(LOOK_MILLIS);
      slot = PgSlot.look(connection, name);
    }
  }

  @Override
  public ConnectorException failure(SQLException e, Position at) throws InterruptedException {
    Optional<PgSlot> slot = isAboutTheSlot(e) ? look() : Optional.empty();
    if (isAboutTheSlot(e) && (slot.isEmpty() || slot.get().isLost())) {
      String why = slot.map(PgSlot::lost).orElse("it was dropped");
      return PgPosition.lost(at, "replication slot " + place.names().slot() + " is lost: " + why);
    }
    String message = Failures.text(e);
    if (isInternal(e) && streaming.getAndSet(false)) {
      // Servers up to 18 at least mistake a table for gone when a transaction has altered it, taken
      // that back to a savepoint and altered it again. They find it once they have read it all.
      return new ConnectorException(
          Failure.Transient.of(
              "the server cannot read a transaction that was open when it read it ("
                  + message
                  + "); from now on it is asked for transactions after their commit"),
          e);
    }
    if (message.contains("could not map filen")) {
      return PgPosition.lost(
          at,
          "the server cannot read its own log from where replication slot "
              + place.names().slot()
              + " begins: "
              + message);
    }
    if (message.contains("publication") && message.contains("does not exist")) {
      return new ConnectorException(
          Failures.misconfigured(
              "publication",
              "following the database: " + message,
              "a publication must be there before the slot is: drop the slot, or run the syncs with"
                  + " --full"),
          e);
    }
    return sessions.failure(e, PgReplication.INTENT);
  }

  private ConnectorException failure(SQLException e, String from) throws InterruptedException {
    return failure(e, new Position(from));
  }

  private static boolean isInternal(SQLException e) {
    return String.valueOf(e.getSQLState()).startsWith("XX");
  }

  /** The server says in these words that it has not what the slot was to keep. */
  private static boolean isAboutTheSlot(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.equals("42704") || state.equals("55000") || state.equals("58P01");
  }

  private Optional<PgSlot> look() throws InterruptedException {
    return sessions.run(
        PgReplication.INTENT, connection -> PgSlot.look(connection, place.names().slot()));
  }
}
