package dev.lockstep.simulation;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.HubConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads all changes that the hub ever made: a subscription of its own, as old as the hub, that
 * never acknowledges.
 */
final class Audit {
  private static final Subscription SUBSCRIPTION =
      new Subscription("audit", List.of(new DatasetId(Accounts.OBJECT)));

  private final ChangeReader reader;
  private final Position start;

  private Audit(ChangeReader reader, Position start) {
    this.reader = reader;
    this.start = start;
  }

  /** To be called before the first entry is written. */
  static Audit of(Hub hub) throws InterruptedException {
    ChangeReader reader = new HubConnection(hub, "audit").changeReader().orElseThrow();
    return new Audit(reader, reader.subscribe(SUBSCRIPTION));
  }

  /** {@code U code revision} or {@code D code revision-before}, in the order of the commits. */
  List<String> changes() throws InterruptedException {
    List<String> all = new ArrayList<>();
    try (ChangeCursor cursor = reader.read(SUBSCRIPTION, start)) {
      ChangeBatch batch = cursor.next(1_000, Duration.ZERO);
      while (!batch.changes().isEmpty()) {
        batch.changes().forEach(change -> all.add(told(change)));
        batch = cursor.next(1_000, Duration.ZERO);
      }
    }
    return all;
  }

  private static String told(Change change) {
    return switch (change) {
      case Change.Upserted upserted -> told("U", upserted.key().parts(), upserted.row());
      case Change.Deleted deleted -> told("D", deleted.key().parts(), before(deleted.before()));
      case Change.Truncated truncated ->
          throw new IllegalStateException("the hub truncated " + truncated.dataset());
      case Change.Garbled garbled ->
          throw new IllegalStateException("the hub garbled " + garbled.record());
    };
  }

  private static Row before(Optional<Row> before) {
    return before.orElseThrow(() -> new IllegalStateException("a delete without its last state"));
  }

  private static String told(String what, List<Object> key, Row row) {
    return what + " " + key.getFirst() + " " + row.get("rev");
  }
}
