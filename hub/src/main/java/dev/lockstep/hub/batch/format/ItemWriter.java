package dev.lockstep.hub.batch.format;

import java.io.Flushable;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** Writes items one after another, in bounded memory. Used by one thread. */
public interface ItemWriter extends AutoCloseable, Flushable {
  void write(ObjectNode item) throws IOException;

  /** Hands on all that was written so far, where the format allows it. */
  @Override
  void flush() throws IOException;

  /** Ends the document. */
  @Override
  void close() throws IOException;
}
