package dev.lockstep.simulation;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Position;
import java.time.Duration;

/** The changes of a {@link PrunedSource}. */
final class PrunedChanges implements ChangeReader {
  private final ChangeReader reader;
  private final PrunedSource source;

  PrunedChanges(ChangeReader reader, PrunedSource source) {
    this.reader = reader;
    this.source = source;
  }

  @Override
  public Position subscribe(Subscription subscription) throws InterruptedException {
    return reader.subscribe(subscription);
  }

  @Override
  public ChangeCursor read(Subscription subscription, Position after) throws InterruptedException {
    return new PrunedCursor(reader.read(subscription, source.startFor(after)), source);
  }

  @Override
  public boolean reportsDeletions() {
    return reader.reportsDeletions();
  }

  @Override
  public void unsubscribe(Subscription subscription) throws InterruptedException {
    reader.unsubscribe(subscription);
  }

  private record PrunedCursor(ChangeCursor cursor, PrunedSource source) implements ChangeCursor {
    @Override
    public ChangeBatch next(int maxChanges, Duration patience) throws InterruptedException {
      ChangeBatch batch = cursor.next(maxChanges, patience);
      if (source.acknowledgesEarly()) {
        source.prune(batch.resumeAfter());
      }
      return batch;
    }

    @Override
    public void acknowledge(Position durable) throws InterruptedException {
      source.prune(durable);
      cursor.acknowledge(durable);
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
