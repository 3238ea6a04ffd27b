package dev.lockstep.hub.batch;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Items on their way out, in a stable order. Used by one thread. */
public interface ExportCursor extends AutoCloseable {
  /** The next item, or null at the end. */
  @Nullable ObjectNode next() throws InterruptedException;

  /** How many there are in all, where it is known. */
  default OptionalLong total() throws InterruptedException {
    return OptionalLong.empty();
  }

  /** The place after the last item; an export that begins there goes on with the one after it. */
  String place();

  @Override
  void close();
}
