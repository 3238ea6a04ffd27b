package dev.lockstep.connector;

/**
 * Records of a {@link BulkForm} on their way, pulled by one thread. Holds no more of them than one
 * record or one buffer, whichever is larger.
 */
public interface FormBytes extends AutoCloseable {

  /**
   * Copies what comes next into a buffer and returns how many bytes that were, at least one; -1 at
   * the end. Throws {@link ConnectorException} with what the source says.
   */
  int read(byte[] into, int from, int length) throws InterruptedException;

  /** How many records came; known once {@link #read} has answered -1. */
  long records();

  /** Ends the reading, wherever it stands. */
  @Override
  void close();
}
