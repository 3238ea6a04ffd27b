package dev.lockstep.connectors.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a file's bytes into records, one at a time. Works on bytes, because a record's offset, its
 * length bound, and what follows one that cannot be decoded are all questions about bytes.
 */
interface Scanner extends Closeable {

  /** What {@link #next} came upon. */
  enum Found {
    RECORD,
    /** A last record that may still be growing. */
    UNFINISHED,
    /** A record that ends, but is longer than allowed; only its first bytes are kept. */
    TOO_LONG,
    /** A quote that is still open at the end of the file. */
    OPEN_QUOTE,
    /** A document whose rest cannot be cut into records. */
    BROKEN,
    END
  }

  /** Opens the bytes from an offset. */
  interface Source {
    InputStream open(long offset) throws IOException;
  }

  /** Looks for a record; it stays the current one until {@link #pass}. */
  Found next() throws IOException;

  /** The current record's bytes, from {@link #from} to {@link #to}. */
  byte[] bytes();

  int from();

  int to();

  /** Where the current record, or else the next one, begins. */
  Place at();

  /** How many line ends the current record has. */
  int lines();

  /** Goes past the current record. */
  void pass();

  /** Goes past the first line of what was found; where lines mean nothing, past everything. */
  void passLine() throws IOException;

  /** Gives up on the rest of the file. */
  void skipAll();

  @Override
  void close() throws IOException;
}
