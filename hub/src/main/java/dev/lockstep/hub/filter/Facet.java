package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;

/**
 * The counts of one field's values.
 *
 * @param criteria the field, as it was asked for
 * @param type the type of its values; for a set, that of its elements
 * @param value the value in SQL
 * @param elements what stands behind the table in FROM, so that a set is counted by its elements
 */
public record Facet(String criteria, Type type, String value, String elements) {

  /**
   * The query for them: the value, then how many entries have it, most first. Entries without a
   * value are not counted.
   *
   * @param from what stands after FROM: the object's table, with its alias if it has one
   * @param where which entries to count
   * @param most how many values at most
   */
  public Fragment query(String from, Fragment where, int most) {
    return new Fragment(
        "SELECT "
            + value
            + ", count(*) FROM "
            + from
            + elements
            + " WHERE "
            + where.sql()
            + " AND "
            + value
            + " IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT "
            + most,
        where.values());
  }
}
