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
record Portion(PlacedRows placed, List<Unreadable> unreadable, Place after, boolean end) {
  List<Row> rows() {
    return placed.rows();
  }

  boolean isEmpty() {
    return placed.isEmpty() && unreadable.isEmpty();
  }
}
