package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An open change feed of a trial, read patiently. */
final class Feed implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final int EMPTY_BATCHES = 80;

  private final Dataset dataset;
  private final ChangeCursor cursor;

  private Feed(Dataset dataset, ChangeCursor cursor) {
    this.dataset = dataset;
    this.cursor = cursor;
  }

  static Subscription subscription(Dataset dataset) {
    return new Subscription("conformance", List.of(dataset.id()));
  }

  static Position subscribe(Connection connection, Dataset dataset) throws InterruptedException {
    return Trial.changes(connection).subscribe(subscription(dataset));
  }

  static Feed after(Connection connection, Dataset dataset, Position after)
      throws InterruptedException {
    return new Feed(dataset, Trial.changes(connection).read(subscription(dataset), after));
  }

  /** Batches until the last one holds a record in the state wanted, as {@link #shown} prints it. */
  List<ChangeBatch> until(String last, int maxChanges) throws InterruptedException {
    List<ChangeBatch> batches = new ArrayList<>();
    int empty = 0;
    while (empty < EMPTY_BATCHES) {
      ChangeBatch batch = cursor.next(maxChanges, PATIENCE);
      assertThat(batch.resumeAfter().token()).as("a position is printable").matches("\\p{Print}+");
      if (batch.changes().isEmpty()) {
        empty++;
      } else {
        batches.add(batch);
        if (batch.changes().stream().anyMatch(change -> shown(change).equals(last))) {
          return batches;
        }
      }
    }
    throw new AssertionError("waited in vain for " + last + "; came: " + shown(batches));
  }

  /** A batch in which nothing came within the patience. */
  ChangeBatch heartbeat() throws InterruptedException {
    ChangeBatch batch = cursor.next(10, PATIENCE);
    assertThat(shown(List.of(batch))).as("changes of an idle source").isEmpty();
    return batch;
  }

  ChangeCursor cursor() {
    return cursor;
  }

  List<String> shown(List<ChangeBatch> batches) {
    return batches.stream().flatMap(b -> b.changes().stream()).map(this::shown).toList();
  }

  /** What happened to each key, in order. */
  Map<String, List<String>> byKey(List<ChangeBatch> batches) {
    Map<String, List<String>> byKey = new LinkedHashMap<>();
    for (ChangeBatch batch : batches) {
      for (Change change : batch.changes()) {
        byKey.computeIfAbsent(key(change), k -> new ArrayList<>()).add(shown(change));
      }
    }
    return byKey;
  }

  private static String key(Change change) {
    return switch (change) {
      case Change.Upserted upserted -> upserted.key().toString();
      case Change.Deleted deleted -> deleted.key().toString();
      case Change.Truncated truncated -> throw new AssertionError("truncated");
      case Change.Garbled garbled -> throw new AssertionError("garbled: " + garbled.record());
    };
  }

  String shown(Change change) {
    assertThat(change.dataset()).isEqualTo(dataset.id());
    return switch (change) {
      case Change.Upserted upserted -> {
        assertThat(upserted.row().key(dataset.key())).isEqualTo(upserted.key());
        BulkReadConformance.carried(dataset.schema(), upserted.row());
        yield upserted.key() + " = " + Shown.row(dataset, upserted.row());
      }
      case Change.Deleted deleted -> deleted.key() + " gone";
      case Change.Truncated truncated -> throw new AssertionError("truncated");
      case Change.Garbled garbled -> throw new AssertionError("garbled: " + garbled.record());
    };
  }

  static String upserted(Dataset dataset, int n, int version) {
    return Samples.key(dataset, n) + " = " + Shown.row(dataset, Samples.row(dataset, n, version));
  }

  static String gone(Dataset dataset, int n) {
    return Samples.key(dataset, n) + " gone";
  }

  @Override
  public void close() {
    cursor.close();
  }
}
