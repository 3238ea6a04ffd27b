package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Type;

/**
 * One column of a table.
 *
 * @param sqlType the type as the database names it, for messages and casts
 * @param filled true when an insert may leave the column out: it is nullable, or has a default
 */
public record Column(
    String name,
    Type type,
    String sqlType,
    boolean nullable,
    boolean filled,
    Writing writing,
    Codec codec) {

  /** Whether and how the database lets a column be written. */
  public enum Writing {
    FREE,
    /** An identity that takes given values on insert only. */
    INSERT_ONLY,
    /** Computed by the database. */
    NEVER
  }

  /** The column as the engine sees it. */
  public Field field() {
    return new Field(name, type, nullable);
  }
}
