package dev.lockstep.hub.batch.format;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The items of a content, one after another, in bounded memory. Used by one thread. */
public interface ItemReader extends AutoCloseable {
  /**
   * The next item, or null at the end.
   *
   * @throws ContentDamaged when nothing after this can be read
   */
  @Nullable Item next() throws IOException;

  @Override
  void close() throws IOException;
}
