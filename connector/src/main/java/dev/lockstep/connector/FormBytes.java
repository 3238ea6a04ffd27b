package dev.lockstep.connector;

/**
 * Records of a {@link BulkForm} on their way, pulled by one thread. Holds no more of them than one
 * record or one buffer, whichever is larger.
 */
public interface FormBytes extends AutoCloseable {

  /**
   * Copies what comes next into a buffer and returns how many bytes that were, at least one; -1 at
   * the end. Throws {@link ConnectorException} with what the source says, and {@link Undecided}
   * where records cannot be told to be chosen or not.
   */
  int read(byte[] into, int from, int length) throws InterruptedException;

  /** How many records came; known once {@link #read} has answered -1. */
  long records();

  /** How many records the selection's filter left out; known as {@link #records} is. */
  long filtered();

  /** Ends the reading, wherever it stands. */
  @Override
  void close();

  /** The selection's {@link Filter} is unknown of some records, so none of them are sent. */
  final class Undecided extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long records;

    public Undecided(long records) {
      super("the condition has no answer for " + records + " records", null, false, false);
      this.records = records;
    }

    /** How many. */
    public long records() {
      return records;
    }
  }
}
