package dev.lockstep.hub;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Position;
import java.util.function.Function;

/** Follows the event log. A subscription is a row that holds back its trimming. */
final class HubChangeReader implements ChangeReader {
  private final HubAccess access;
  private final Function<Subscription, LogReading> readings;
  private final boolean rejoins;

  /** Brings the objects that a subscription names. */
  HubChangeReader(HubAccess access) {
    this(access, subscription -> new HubChanges(access, subscription.datasets()), false);
  }

  /**
   * @param readings what a subscription takes from the log
   * @param rejoins whether a subscription that was given up and made anew begins where it was made
   *     anew, because there was nothing for it in between
   */
  HubChangeReader(HubAccess access, Function<Subscription, LogReading> readings, boolean rejoins) {
    this.access = access;
    this.readings = readings;
    this.rejoins = rejoins;
  }

  @Override
  public Position subscribe(Subscription subscription) throws InterruptedException {
    readings.apply(subscription).check(subscription.datasets());
    EventLog log = access.hub().log();
    // Asked for within the writer, so that every event numbered later is retained.
    long start =
        access.write(tx -> {
          access.hub().acknowledgements().write(tx);
          return Subscriptions.subscribe(tx, subscription.name(), log.last());
        });
    return HubPosition.of(log.id(), start);
  }

  @Override
  public ChangeCursor read(Subscription subscription, Position after) throws InterruptedException {
    LogReading reading = readings.apply(subscription);
    reading.check(subscription.datasets());
    EventLog log = access.hub().log();
    long seq = HubPosition.seq(log.id(), after);
    if (rejoins) {
      seq = Math.max(seq, access.read(tx -> Subscriptions.from(tx, subscription.name())));
    }
    if (seq > log.last()) {
      throw HubPosition.lost(after, "lies ahead of the hub's log: an older store was put back");
    }
    HubChangeCursor cursor = new HubChangeCursor(access, reading, subscription, seq);
    cursor.checkRetained(access.read(EventLog::trimmed));
    return cursor;
  }

  @Override
  public void unsubscribe(Subscription subscription) throws InterruptedException {
    access.write(tx -> {
      Subscriptions.unsubscribe(tx, subscription.name());
      return true;
    });
  }
}
