package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Problem;
import dev.lockstep.connectors.jdbc.Failures;
import dev.lockstep.connectors.jdbc.JdbcConnection;
import dev.lockstep.connectors.jdbc.Sessions;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.TableName;
import dev.lockstep.connectors.jdbc.Tables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** Follows a database's log through a replication slot and pgoutput. Thread-safe. */
final class PgLogReader implements ChangeReader {
  private static final int STANDBYS_SINCE = 160_000;
  private static final int FAILOVER_SINCE = 170_000;

  private final Sessions sessions;
  private final Tables tables;
  private final PostgresSettings settings;
  private final PgSnapshots snapshots;
  private final PgLogCheck check;
  private final String application;
  private final System.Logger logger;
  private final InstantSource clock;
  private final Map<String, PgLag> lags = new ConcurrentHashMap<>();
  private final RandomGenerator random;
  private final Path scratch;

  /** Whether large transactions are asked for before they are committed. */
  private final AtomicBoolean streaming;

  /** By subscription: one may wait for long until transactions have ended that are open. */
  private final Map<String, ReentrantLock> subscribing = new ConcurrentHashMap<>();

  PgLogReader(
      JdbcConnection database,
      PostgresSettings settings,
      PgSnapshots snapshots,
      String application,
      ConnectorContext context) {
    this.sessions = database.sessions();
    this.tables = database.tables();
    this.settings = settings;
    this.snapshots = snapshots;
    this.check = new PgLogCheck(database, settings, application);
    this.application = application;
    this.logger = context.logger();
    this.clock = context.clock();
    this.random = context.random();
    this.scratch = context.scratch();
    this.streaming = new AtomicBoolean(settings.streaming());
  }

  /** Where a subscription is, and in which database. */
  record Place(PgNames names, String database, int version, boolean standby) {}

  static Place place(Sessions sessions, PostgresSettings settings, Subscription subscription)
      throws InterruptedException {
    return sessions.run(
        PgReplication.INTENT,
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "SELECT current_database(), current_setting('server_version_num')::int,"
                          + " pg_is_in_recovery()")) {
            row.next();
            String database = row.getString(1);
            return new Place(
                PgNames.of(subscription, database, settings.slot(), settings.publication()),
                database,
                row.getInt(2),
                row.getBoolean(3));
          }
        });
  }

  /** The tables of a subscription by their names. */
  static Map<TableName, DatasetId> tables(Tables tables, Subscription subscription)
      throws InterruptedException {
    Map<TableName, DatasetId> names = new LinkedHashMap<>();
    for (DatasetId dataset : subscription.datasets()) {
      names.put(tables.need(dataset).name(), dataset);
    }
    return names;
  }

  @Override
  public boolean replays() {
    return true;
  }

  @Override
  public Optional<Comparator<Position>> order() {
    // A server's log is one, whichever slot it is read through, and goes on where it is promoted.
    return Optional.of(
        (one, other) -> Long.compareUnsigned(PgPosition.of(one).lsn(), PgPosition.of(other).lsn()));
  }

  @Override
  public Position subscribe(Subscription subscription) throws InterruptedException {
    ReentrantLock lock = lock(subscription);
    lock.lockInterruptibly();
    try {
      List<Problem> problems = check.tables(subscription);
      if (!problems.isEmpty()) {
        throw new ConnectorException(new Failure.Misconfigured(problems));
      }
      Place place = followable(subscription);
      Map<TableName, DatasetId> followed = tables(tables, subscription);
      if (place.names().ownPublication()) {
        publish(place, List.copyOf(followed.keySet()));
      }
      return slot(subscription, place);
    } finally {
      lock.unlock();
    }
  }

  private ReentrantLock lock(Subscription subscription) {
    return subscribing.computeIfAbsent(subscription.name(), name -> new ReentrantLock());
  }

  /**
   * A server that is about to be promoted says which timeline it is on only after that, so one that
   * cannot be followed before is not asked.
   */
  private Place followable(Subscription subscription) throws InterruptedException {
    Place place = place(sessions, settings, subscription);
    if (place.standby() && place.version() < STANDBYS_SINCE) {
      throw new ConnectorException(
          Failure.Transient.of(
              "the server is in recovery, as a standby is, and can be followed once it is promoted;"
                  + " from PostgreSQL 16 on standbys can be followed as well"));
    }
    return place;
  }

  private void publish(Place place, List<TableName> followed) throws InterruptedException {
    String name = place.names().publication();
    sessions.run(
        PgReplication.INTENT,
        connection -> {
          try {
            PgPublication.ensure(connection, sessions.dialect(), name, followed);
          } catch (SQLException e) {
            throw check.publication(e, place, followed);
          }
          return true;
        });
  }

  private Position slot(Subscription subscription, Place place) throws InterruptedException {
    try (PgReplication replication = open()) {
      PgReplication.Identity server = replication.identify();
      Optional<PgSlot> slot = look(place);
      if (slot.isPresent()) {
        requireFit(slot.get(), place);
        return PgPosition.at(server, slot.get().confirmed()).position();
      }
      boolean failover = place.version() >= FAILOVER_SINCE && !place.standby();
      replication.createSlot(place.names().slot(), failover);
      check.noteUnlimited(place, logger);
    }
    Position start = hold(subscription, place);
    // From where a slot is made, servers up to 18 read their log without what was committed while
    // they waited for older transactions: a table that was truncated then is not found again. From
    // a later place on they have it all.
    sessions.run(
        PgReplication.INTENT,
        connection -> {
          PgSlot.advance(connection, place.names().slot(), PgPosition.of(start).lsn());
          return true;
        });
    return start;
  }

  @Override
  public Optional<Position> moment(Subscription subscription) throws InterruptedException {
    ReentrantLock lock = lock(subscription);
    lock.lockInterruptibly();
    try {
      Optional<Position> held = snapshots.position(subscription.name());
      return held.isPresent()
          ? held
          : Optional.of(hold(subscription, place(sessions, settings, subscription)));
    } finally {
      lock.unlock();
    }
  }

  /** A slot for a moment tells exactly which of the changes a snapshot has seen. */
  private Position hold(Subscription subscription, Place place) throws InterruptedException {
    try (PgReplication replication = open()) {
      PgReplication.Identity server = replication.identify();
      PgReplication.Created created = replication.visible(place.names().moment(random.nextInt()));
      Position at = PgPosition.at(server, created.start()).position();
      // Before anything else is done on the connection, which ends the snapshot.
      snapshots.hold(sessions, subscription, at, created.snapshot());
      return at;
    }
  }

  private PgReplication open() throws InterruptedException {
    return PgReplication.open(sessions, application, settings.silence());
  }

  private Optional<PgSlot> look(Place place) throws InterruptedException {
    return sessions.run(
        PgReplication.INTENT, connection -> PgSlot.look(connection, place.names().slot()));
  }

  private static void requireFit(PgSlot slot, Place place) {
    if (!slot.fits(place.database())) {
      throw new ConnectorException(
          Failures.misconfigured(
              "slot",
              "replication slot "
                  + slot.name()
                  + " is for "
                  + (slot.plugin().isEmpty() ? "physical replication" : slot.plugin())
                  + " in database '"
                  + slot.database()
                  + "'",
              "name another slot in `slot`, or drop it: SELECT pg_drop_replication_slot('"
                  + slot.name()
                  + "')"));
    }
  }

  @Override
  public ChangeCursor read(Subscription subscription, Position after) throws InterruptedException {
    return read(subscription, after, Optional.empty());
  }

  @Override
  public ChangeCursor read(Subscription subscription, Position after, Position until)
      throws InterruptedException {
    return read(subscription, after, Optional.of(until));
  }

  private ChangeCursor read(Subscription subscription, Position after, Optional<Position> until)
      throws InterruptedException {
    PgPosition from = PgPosition.of(after);
    Place place = followable(subscription);
    Map<TableName, DatasetId> followed = tables(tables, subscription);
    PgSlot slot =
        look(place)
            .orElseThrow(() ->
                PgPosition.lost(
                    after, "replication slot " + place.names().slot() + " is not there any more"));
    requireFit(slot, place);
    PgReplication.Identity server = identity(from, after, until);
    if (slot.isLost()) {
      throw PgPosition.lost(
          after,
          "the server has given up replication slot " + slot.name() + " (" + slot.lost() + ")");
    }
    // Invariant 9: from a place that lies before what the slot keeps, the server would skip.
    if (Long.compareUnsigned(from.lsn(), slot.confirmed()) < 0) {
      throw PgPosition.lost(
          after,
          "replication slot "
              + slot.name()
              + " keeps changes from "
              + PgPosition.print(slot.confirmed())
              + " on, not from "
              + PgPosition.print(from.lsn()));
    }
    PgLag lag = new PgLag();
    lags.put(subscription.name(), lag);
    PgRelations relations = new PgRelations(sessions, tables, followed);
    return new PgLogCursor(
        new PgLogOpening(sessions, settings, place, application, streaming),
        server,
        relations,
        from,
        until.map(PgPosition::of).map(PgPosition::lsn).orElse(Long.MAX_VALUE),
        isBinary(followed),
        settings.silence(),
        new PgAside(scratch, place.names().slot()),
        lag);
  }

  /** The server, as it was up to where is read: every position on the way is told like its end. */
  private PgReplication.Identity identity(PgPosition from, Position after, Optional<Position> until)
      throws InterruptedException {
    PgReplication.Identity server = identity(from, after);
    if (until.isEmpty()) {
      return server;
    }
    PgPosition end = PgPosition.of(until.get());
    PgReplication.Identity then = identity(end, until.get());
    return new PgReplication.Identity(server.system(), end.timeline(), then.flushed());
  }

  /** Whether the server is the one that the position is of, and still has that part of its past. */
  private PgReplication.Identity identity(PgPosition from, Position after)
      throws InterruptedException {
    try (PgReplication replication = open()) {
      PgReplication.Identity server = replication.identify();
      if (server.system() != from.system()) {
        throw PgPosition.lost(after, "the server is another one than the position is of");
      }
      long left = leftAt(replication, from.timeline(), server.timeline());
      if (left < from.lsn()) {
        throw PgPosition.lost(
            after,
            "the server went on, on timeline "
                + server.timeline()
                + ", from "
                + PgPosition.print(left)
                + ", which lies before the position");
      }
      if (Long.compareUnsigned(server.flushed(), from.lsn()) < 0) {
        throw PgPosition.lost(
            after,
            "the server's log ends at "
                + PgPosition.print(server.flushed())
                + ", before the position: it was set back");
      }
      return server;
    }
  }

  /** Where the server's history left a timeline; the end of all when it is still on it. */
  private static long leftAt(PgReplication replication, int timeline, int now)
      throws InterruptedException {
    if (now == timeline) {
      return Long.MAX_VALUE;
    }
    return now < timeline ? 0 : replication.leftAt(timeline, now).orElse(0);
  }

  private boolean isBinary(Map<TableName, DatasetId> followed) throws InterruptedException {
    for (DatasetId dataset : followed.values()) {
      Table table = tables.need(dataset);
      if (!table.columns().stream().allMatch(it -> ((PgCodec) it.codec()).isBinary())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void unsubscribe(Subscription subscription) throws InterruptedException {
    snapshots.release(subscription.name());
    Place place = place(sessions, settings, subscription);
    sessions.run(
        PgReplication.INTENT,
        connection -> {
          drop(connection, place);
          return true;
        });
  }

  private void drop(Connection connection, Place place) throws SQLException, InterruptedException {
    String name = place.names().slot();
    Optional<PgSlot> slot = PgSlot.look(connection, name);
    if (slot.isPresent() && slot.get().fits(place.database())) {
      PgSlot.endReader(connection, name, application);
      PgLogOpening.awaitFree(connection, name);
      PgSlot.drop(connection, name);
    }
    if (place.names().ownPublication()) {
      PgPublication.drop(connection, sessions.dialect(), place.names().publication());
    }
  }

  @Override
  public List<Problem> check(Subscription subscription) throws InterruptedException {
    return check.all(subscription);
  }

  @Override
  public Optional<Retained> retained(Subscription subscription) throws InterruptedException {
    Place place = place(sessions, settings, subscription);
    return look(place)
        .filter(slot -> slot.restart() != 0)
        .map(slot -> new Retained(slot.retained(), age(subscription, slot)));
  }

  private Optional<Duration> age(Subscription subscription, PgSlot slot) {
    PgLag lag = lags.get(subscription.name());
    return slot.isActive() && lag != null
        ? Optional.of(lag.age(clock.instant()))
        : slot.isActive() ? Optional.empty() : slot.idle();
  }

  @Override
  public void handedOver(Subscription subscription) {
    snapshots.release(subscription.name());
  }
}
