package dev.lockstep.connectors.file;

import java.io.Closeable;
import java.io.IOException;

/** Reads a file's records portion by portion; owned by one thread at a time. */
interface Portions extends Closeable {

  /** The next records, at most this many and no more than a few mebibytes beyond one record. */
  Portion next(int most) throws IOException;

  @Override
  void close() throws IOException;
}
