package dev.lockstep.connectors.file;

import dev.lockstep.connector.Unreadable;
import java.util.List;

/** Makes rows of records found by {@link RecordScanner}. */
interface RecordDecoder {

  /** Takes a record without its line end; the bytes are only good during the call. */
  void add(byte[] bytes, int from, int to, long line, int lines);

  /** Gives what became of the records added since the last time. */
  void flush(PlacedRows rows, List<Unreadable> unreadable);
}
