package dev.lockstep.connectors.file;

/**
 * A place between two records of a file.
 *
 * @param offset bytes before it, uncompressed
 * @param line the number of the line that starts there
 */
record Place(long offset, long line) {
  static final Place START = new Place(0, 1);

  /** The offset of a place behind everything, also behind what may yet be appended. */
  static final long DONE = Long.MAX_VALUE;

  boolean isDone() {
    return offset == DONE;
  }
}
