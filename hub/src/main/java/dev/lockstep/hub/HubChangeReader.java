package dev.lockstep.hub;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Position;

/** Follows the event log. A subscription is a row that holds back its trimming. */
final class HubChangeReader implements ChangeReader {
  private final HubAccess access;

  HubChangeReader(HubAccess access) {
    this.access = access;
  }

  @Override
  public Position subscribe(Subscription subscription) throws InterruptedException {
    checkObjects(subscription);
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
    checkObjects(subscription);
    EventLog log = access.hub().log();
    long seq = HubPosition.seq(log.id(), after);
    if (seq > log.last()) {
      throw HubPosition.lost(after, "lies ahead of the hub's log: an older store was put back");
    }
    HubChangeCursor cursor = new HubChangeCursor(access, subscription, seq);
    cursor.checkRetained(access.read(EventLog::trimmed));
    return cursor;
  }

  /** An object may still come where they are defined meanwhile; its sync says that it waits. */
  private void checkObjects(Subscription subscription) {
    if (!access.hub().defines()) {
      subscription.datasets().forEach(access::table);
    }
  }

  @Override
  public void unsubscribe(Subscription subscription) throws InterruptedException {
    access.write(tx -> {
      Subscriptions.unsubscribe(tx, subscription.name());
      return true;
    });
  }
}
