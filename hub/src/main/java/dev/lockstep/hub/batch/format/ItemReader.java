package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The items of a content, one after another, in bounded memory. Used by one thread. */
public interface ItemReader extends AutoCloseable {
  /**
   * The next item, or null at the end.
   *
   * @throws ContentDamaged when nothing after this can be read
   */
  @Nullable Item next() throws IOException;

  /**
   * How far a content is read whose bytes are not taken in their order.
   *
   * @param read how many bytes of what is read of it
   * @param total how many there are
   */
  record Reach(long read, long total) {}

  /** Empty where the bytes that were taken up tell how far it is read. */
  default Optional<Reach> reach() {
    return Optional.empty();
  }

  @Override
  void close() throws IOException;
}
