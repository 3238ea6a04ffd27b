package dev.lockstep.hub.filter;

import java.time.Instant;

/**
 * The parameter {@code filter}: Liferay's part of OData's expressions. Comparisons {@code eq ne gt
 * ge lt le in}, {@code contains} and {@code startswith}, {@code any} and {@code all} over sets,
 * joined by {@code and}, {@code or}, {@code not} and parentheses. Immutable and thread-safe.
 */
public final class Filter {
  private final Expression expression;

  private Filter(Expression expression) {
    this.expression = expression;
  }

  /**
   * Parses a filter; a blank one lets every entry pass. Time grows with its length alone.
   *
   * @throws FilterFault where it is no filter, or asks more than one request may
   */
  public static Filter parse(String text) {
    return new Filter(Parser.parse(text));
  }

  /**
   * The filter as a condition. {@code contains} and {@code startswith} find whatever the case, all
   * else compares exactly, texts by code points. Null is equal to null alone, and {@code not} turns
   * every answer round. A path over a relationship asks whether a related entry meets the
   * comparison.
   *
   * @param now what {@code now()} is
   * @throws FilterFault where a field is unknown, or a value or operator does not fit it
   */
  public Fragment compile(Fields fields, Dialect dialect, Instant now) {
    return new CompileFilter(fields, dialect, now).condition(expression);
  }
}
