package dev.lockstep.hub.filter;

import java.util.List;
import java.util.Optional;

/** A filter, parsed and within its bounds; its names and values not yet checked. */
sealed interface Expression {
  record And(List<Expression> parts) implements Expression {}

  record Or(List<Expression> parts) implements Expression {}

  record Not(Expression part) implements Expression {}

  record Compare(FieldPath path, Operator operator, Literal value) implements Expression {}

  record In(FieldPath path, List<Literal> values) implements Expression {}

  /** {@code contains} or {@code startswith}. */
  record Part(boolean atStart, FieldPath path, Literal.Text text) implements Expression {}

  /** {@code any} or {@code all}; {@code any()} without a condition asks whether there is any. */
  record Lambda(FieldPath path, boolean all, String variable, Optional<Expression> condition)
      implements Expression {}

  /** How two values are compared. */
  enum Operator {
    EQ("="),
    NE("<>"),
    GT(">"),
    GE(">="),
    LT("<"),
    LE("<=");

    private final String sql;

    Operator(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }

    boolean isOrder() {
      return this != EQ && this != NE;
    }
  }
}
