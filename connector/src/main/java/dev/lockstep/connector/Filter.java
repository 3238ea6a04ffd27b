package dev.lockstep.connector;

import java.util.List;

/**
 * A condition that a source can be asked to choose records by. For every record it is true, false
 * or unknown; {@link Not}, {@link All} and {@link Any} treat the unknown as SQL treats its null.
 *
 * <p>A source that takes one answers exactly what stands here, or that it is unknown wherever it is
 * not sure: then the records are looked at one by one. Values are carriers of their field's {@link
 * Type}, never null. Texts are equal when they have the same characters, and are compared by the
 * numbers of their characters; a number equals another of the same value, however it is written.
 */
public sealed interface Filter {

  /** False where one is false, otherwise unknown where one is. */
  record All(List<Filter> of) implements Filter {
    public All {
      of = List.copyOf(of);
    }
  }

  /** True where one is true, otherwise unknown where one is. */
  record Any(List<Filter> of) implements Filter {
    public Any {
      of = List.copyOf(of);
    }
  }

  /** Unknown where the other is. */
  record Not(Filter of) implements Filter {}

  /** The truth value that a field holds; unknown where it is null. */
  record Holds(String field) implements Filter {}

  /** Whether a field is null. */
  record IsNull(String field) implements Filter {}

  /** Whether a field has one of some values; null is none of them. */
  record In(String field, List<Object> values) implements Filter {
    public In {
      values = List.copyOf(values);
    }
  }

  /** Whether two fields are both null, or have the same value. */
  record Same(String field, String other) implements Filter {}

  /** Whether a field stands so to a value; unknown where it is null. */
  record Compared(String field, Order order, Object value) implements Filter {}

  /** Whether a field stands so to another; unknown where one of them is null. */
  record ComparedFields(String field, Order order, String other) implements Filter {}

  /** Whether a text begins so; unknown where it is null. */
  record StartsWith(String field, String prefix) implements Filter {}

  /** How one value stands to another. */
  enum Order {
    LESS,
    AT_MOST,
    MORE,
    AT_LEAST
  }
}
