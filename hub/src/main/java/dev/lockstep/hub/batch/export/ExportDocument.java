package dev.lockstep.hub.batch.export;

import dev.lockstep.hub.batch.ExportCursor;
import java.io.IOException;

/** The document that an export writes into its file. Used by one thread. */
interface ExportDocument {
  /** Writes the next item; false when there is none. */
  boolean next(ExportCursor cursor) throws IOException, InterruptedException;

  /** Hands all that was written to the file. */
  void flush() throws IOException;

  /** Ends the document; the file stays open. */
  void end() throws IOException;
}
