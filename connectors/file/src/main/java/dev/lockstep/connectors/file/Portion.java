package dev.lockstep.connectors.file;

import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import java.util.List;

/**
 * Some records of a file, in order.
 *
 * @param after where the next portion starts
 * @param end whether there is none for now
 */
record Portion(List<Row> rows, List<Unreadable> unreadable, Place after, boolean end) {
  boolean isEmpty() {
    return rows.isEmpty() && unreadable.isEmpty();
  }
}
