package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Follows some tables of a test's database, and tells what came in few words. */
final class LogFeed implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final int EMPTY_BATCHES = 120;

  private final Connection connection;
  private final Subscription subscription;
  private final ChangeCursor cursor;
  private Position position;

  private LogFeed(
      Connection connection, Subscription subscription, ChangeCursor cursor, Position position) {
    this.connection = connection;
    this.subscription = subscription;
    this.cursor = cursor;
    this.position = position;
  }

  static Subscription subscription(String... tables) {
    return new Subscription("log", Stream.of(tables).map(DatasetId::new).toList());
  }

  static LogFeed of(TestDatabase database, String... tables) throws InterruptedException {
    return of(database, Map.of(), tables);
  }

  static LogFeed of(TestDatabase database, Map<String, ?> settings, String... tables)
      throws InterruptedException {
    Connection connection = database.open(settings);
    Position start = reader(connection).subscribe(subscription(tables));
    return after(connection, start, tables);
  }

  static LogFeed after(Connection connection, Position position, String... tables)
      throws InterruptedException {
    Subscription subscription = subscription(tables);
    ChangeCursor cursor = reader(connection).read(subscription, position);
    return new LogFeed(connection, subscription, cursor, position);
  }

  static ChangeReader reader(Connection connection) {
    return connection.changeReader().orElseThrow();
  }

  ChangeReader reader() {
    return reader(connection);
  }

  Connection connection() {
    return connection;
  }

  Subscription subscription() {
    return subscription;
  }

  Position position() {
    return position;
  }

  ChangeBatch next(int most) throws InterruptedException {
    ChangeBatch batch = cursor.next(most, PATIENCE);
    position = batch.resumeAfter();
    return batch;
  }

  void acknowledge() throws InterruptedException {
    cursor.acknowledge(position);
  }

  /** So many changes at least, however they come. */
  List<Change> changes(int count) throws InterruptedException {
    List<Change> all = new ArrayList<>();
    int empty = 0;
    while (all.size() < count) {
      ChangeBatch batch = next(1000);
      all.addAll(batch.changes());
      empty += batch.changes().isEmpty() ? 1 : 0;
      if (empty > EMPTY_BATCHES) {
        throw new AssertionError("waited in vain for " + count + " changes; came: " + shown(all));
      }
    }
    return all;
  }

  List<String> shown(int count) throws InterruptedException {
    return shown(changes(count));
  }

  static List<String> shown(List<Change> changes) {
    return changes.stream().map(LogFeed::shown).toList();
  }

  static String shown(Change change) {
    return switch (change) {
      case Change.Upserted(var dataset, var key, var row, var before, var mark) ->
          key + " " + row + before.map(it -> " was " + it).orElse("");
      case Change.Deleted(var dataset, var key, var before, var mark) ->
          key + " gone" + before.map(it -> " was " + it).orElse("");
      case Change.Truncated(var dataset, var mark) -> dataset + " emptied";
      case Change.Garbled(var dataset, var record, var mark) ->
          record.place() + ": " + record.fault() + "; " + record.remedy();
    };
  }

  static Optional<String> origin(Change change) {
    return change.mark().origin();
  }

  @Override
  public void close() {
    cursor.close();
    connection.close();
  }
}
