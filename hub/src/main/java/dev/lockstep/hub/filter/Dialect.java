package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;
import java.util.List;
import java.util.function.UnaryOperator;

/** How a store says what is asked. Immutable and thread-safe. */
public abstract sealed class Dialect permits SqliteDialect, PostgresDialect {
  static final String ELEMENT = "lockstep_element";

  /** One element, where {@link #elements} stands. */
  static final String ELEMENT_VALUE = ELEMENT + ".value";

  Dialect() {}

  /**
   * SQLite, encoded in UTF-8, columns in its binary collation.
   *
   * @param form what a value (the carrier of its type) is as a column: moments, dates and times are
   *     texts that sort as they do; a decimal is its plain text in the scale of its type, or
   *     without trailing zeros where that is unlimited
   */
  public static Dialect sqlite(UnaryOperator<Object> form) {
    return new SqliteDialect(form);
  }

  /**
   * PostgreSQL from version 14 on, encoded in UTF-8, with columns of type text, bigint, double
   * precision, numeric, boolean, date, time, timestamp, timestamptz and json.
   */
  public static Dialect postgresql() {
    return new PostgresDialect();
  }

  /**
   * The ascending keys by which {@link Sort} orders a column, as they stand in the key of an index
   * that serves it: in both directions, followed by the id.
   */
  public List<String> indexKeys(Type type, String sql) {
    return sortKeys(type, sql).stream().map(key -> directed(key, false)).toList();
  }

  /** A value as it is bound. */
  abstract Object value(Type type, Object carrier);

  /** The question mark for a bound value. */
  abstract String parameter(Type type);

  /** That a column comes before or after a value; false for null. */
  abstract Fragment ordered(Type type, String sql, Expression.Operator operator, Object value);

  /** A column so that its texts compare by code points. */
  abstract String comparable(Type type, String sql);

  /** A text with A to Z, and no other letter, in lower case. */
  abstract String lowered(String sql);

  /** Where a bound text begins in another, 0 if it does not. */
  abstract String position(String sql);

  /** The elements of a set as a table called {@link #ELEMENT}. */
  abstract String elements(String sql);

  /** Keys by which a column is sorted, null before every value. */
  abstract List<SortKey> sortKeys(Type type, String sql);

  /** One key with its direction and the place of null. */
  abstract String directed(SortKey key, boolean descending);

  /**
   * @param reversed descends where the field ascends
   */
  record SortKey(String sql, boolean reversed) {}
}
