package dev.lockstep.hub.batch;

import dev.lockstep.hub.batch.format.Column;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Items that write themselves, for those of which there may be millions. Used by one thread. */
public interface DirectCursor extends ExportCursor {
  /** Moves to the next item; false at the end. */
  boolean advance() throws InterruptedException;

  /** Writes the present item as one object. */
  void write(JsonGenerator json) throws InterruptedException;

  /** Whether {@link #place} is one to go on from; an order of the caller's has none. */
  boolean isResumable();

  /** A column of a table of items. */
  record Shown(String name, Column type) {}

  /**
   * The columns of a table.
   *
   * @param named what was asked for; empty for all that an import takes
   */
  List<Shown> columns(List<String> named);
}
