package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Row;
import org.jspecify.annotations.Nullable;

/** A sync's {@code where}; null stands for a sync without one. */
record Condition(@Nullable Expression expression) {
  enum Answer {
    MET,
    UNMET,
    UNKNOWN
  }

  /** Throws {@link Unfit} when the condition has no answer for this record. */
  boolean meets(Row row) {
    if (expression == null) {
      return true;
    }
    Object value;
    try {
      value = expression.evaluate(new Subject(row));
    } catch (Unfit e) {
      throw e.at("where");
    }
    if (value instanceof Boolean met) {
      return met;
    }
    if (value == Row.ABSENT) {
      throw new Unfit(
          "where: it reads a field that this record does not carry",
          "test it first: has(record.…) && …");
    }
    throw new Unfit(
        "where: the answer is " + Unfit.shown(value) + ", neither true nor false",
        "compare: record.… == true");
  }

  /** The answer for an earlier state, which may be known only in part. */
  Answer answer(Row earlier) {
    try {
      return meets(earlier) ? Answer.MET : Answer.UNMET;
    } catch (Unfit e) {
      return Answer.UNKNOWN;
    }
  }
}
