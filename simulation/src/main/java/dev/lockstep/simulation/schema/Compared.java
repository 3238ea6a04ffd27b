package dev.lockstep.simulation.schema;

/**
 * What comparing one table came to.
 *
 * @param rows that the source has
 * @param lost rows that only the source has
 * @param extra rows that only the target has: a deletion undone, or a record twice
 * @param different rows of one key that hold different things
 * @param example one of them; empty when the tables are equal
 */
record Compared(String table, long rows, long lost, long extra, long different, String example) {
  boolean isEqual() {
    return lost == 0 && extra == 0 && different == 0;
  }

  @Override
  public String toString() {
    return isEqual()
        ? table + ": " + rows + " rows, equal"
        : table
            + ": lost "
            + lost
            + ", too many "
            + extra
            + ", different "
            + different
            + " of "
            + rows
            + " ("
            + example
            + ")";
  }
}
