package dev.lockstep.connectors.file;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Position;
import java.util.TreeMap;

/**
 * Follows a folder. Files keep themselves, so there is nothing to subscribe to: retention starts
 * with the first record of the first file that is there.
 */
final class FileChangeReader implements ChangeReader {
  private final FileConnection connection;

  FileChangeReader(FileConnection connection) {
    this.connection = connection;
  }

  @Override
  public Position subscribe(Subscription subscription) {
    return FeedPosition.of(new TreeMap<>());
  }

  @Override
  public ChangeCursor read(Subscription subscription, Position after) {
    return new FollowFolder(
        connection, subscription.datasets(), new TreeMap<>(FeedPosition.parse(after)));
  }

  /** A line that is taken out of a file leaves nothing behind to tell it by. */
  @Override
  public boolean reportsDeletions() {
    return false;
  }

  @Override
  public void unsubscribe(Subscription subscription) {}
}
