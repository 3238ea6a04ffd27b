package dev.lockstep.testkit;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import java.time.Duration;
import java.util.Set;

/** Follows a memory system's change log. */
final class MemoryChangeReader implements ChangeReader {
  private final MemorySystem system;
  private final MemoryConnection connection;

  MemoryChangeReader(MemorySystem system, MemoryConnection connection) {
    this.system = system;
    this.connection = connection;
  }

  @Override
  public Position subscribe(Subscription subscription) throws InterruptedException {
    connection.enter(Call.SUBSCRIBE);
    return system.locked(() -> system.log.subscribe(subscription.name()));
  }

  @Override
  public boolean replays() {
    return system.replays();
  }

  @Override
  public ChangeCursor read(Subscription subscription, Position after) throws InterruptedException {
    return read(subscription, after, Long.MAX_VALUE);
  }

  @Override
  public ChangeCursor read(Subscription subscription, Position after, Position until)
      throws InterruptedException {
    return read(subscription, after, ChangeLog.number(until));
  }

  private ChangeCursor read(Subscription subscription, Position after, long until)
      throws InterruptedException {
    connection.enter(Call.SUBSCRIBE);
    long start = system.locked(() -> system.log.check(after));
    return new FollowLog(subscription.name(), Set.copyOf(subscription.datasets()), start, until);
  }

  @Override
  public void unsubscribe(Subscription subscription) throws InterruptedException {
    connection.enter(Call.SUBSCRIBE);
    system.locked(() -> {
      system.log.unsubscribe(subscription.name());
      return system;
    });
  }

  private final class FollowLog implements ChangeCursor {
    private final String subscription;
    private final Set<DatasetId> datasets;
    private final long until;
    private long place;

    FollowLog(String subscription, Set<DatasetId> datasets, long place, long until) {
      this.until = until;
      this.subscription = subscription;
      this.datasets = datasets;
      this.place = place;
    }

    @Override
    public ChangeBatch next(int maxChanges, Duration patience) throws InterruptedException {
      connection.enter(Call.CHANGES);
      system.lock.lockInterruptibly();
      try {
        long left = patience.toNanos();
        while (place < until && !system.log.hasAfter(place, datasets) && left > 0) {
          left = system.changed.awaitNanos(left);
        }
        ChangeBatch batch = system.log.between(place, until, datasets, maxChanges);
        place = ChangeLog.number(batch.resumeAfter());
        return batch;
      } finally {
        system.lock.unlock();
      }
    }

    @Override
    public void acknowledge(Position durable) throws InterruptedException {
      connection.enter(Call.ACKNOWLEDGE);
      system.locked(() -> {
        system.log.acknowledge(subscription, durable);
        return system;
      });
    }

    @Override
    public void close() {}
  }
}
