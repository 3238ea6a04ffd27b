package dev.lockstep.hub;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.Position;
import java.time.Duration;
import java.util.List;

/** Reads the log from a place on: whatever is there at once, or what the next commit brings. */
final class HubChangeCursor implements ChangeCursor {
  private static final long TRIM_EVERY = 10_000;

  private final HubAccess access;
  private final Subscription subscription;
  private final LogReading reading;
  private long after;
  private long trimmedAt;

  HubChangeCursor(HubAccess access, LogReading reading, Subscription subscription, long after) {
    this.access = access;
    this.subscription = subscription;
    this.reading = reading;
    this.after = after;
    this.trimmedAt = after;
  }

  private record Look(long trimmed, List<Event> events) {}

  @Override
  public ChangeBatch next(int maxChanges, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      long seen = access.hub().signal().count();
      Look look = look(maxChanges);
      checkRetained(look.trimmed());
      List<Event> events = look.events();
      int taken = Math.min(maxChanges, events.size());
      boolean ends = events.size() <= taken || events.get(taken).tx() != events.get(taken - 1).tx();
      List<Change> found = reading.changes(events.subList(0, taken));
      after = taken == 0 ? after : events.get(taken - 1).seq();
      long left = deadline - System.nanoTime();
      if (!found.isEmpty() || left <= 0) {
        return new ChangeBatch(found, position(), ends);
      }
      if (taken == 0) {
        access.hub().signal().await(seen, left);
      }
    }
  }

  /** One event more than wanted, to know whether the last one ends its transaction. */
  private Look look(int maxChanges) throws InterruptedException {
    return access.read(tx ->
        new Look(EventLog.trimmed(tx), EventLog.read(tx, after, maxChanges + 1, reading::wants)));
  }

  /** Invariant 9: what was trimmed away after our place is not skipped. */
  void checkRetained(long trimmed) {
    if (after < trimmed) {
      throw HubPosition.lost(position(), "is older than the events the hub still has");
    }
  }

  private Position position() {
    return HubPosition.of(access.hub().log().id(), after);
  }

  @Override
  public void acknowledge(Position durable) throws InterruptedException {
    long seq = HubPosition.seq(access.hub().log().id(), durable);
    access.hub().acknowledgements().note(subscription.name(), seq);
    if (seq - trimmedAt >= TRIM_EVERY) {
      trimmedAt = seq;
      access.told(access.hub()::trim);
    }
  }

  @Override
  public void close() {
    // Nothing is held between two looks; the subscription stays.
  }
}
