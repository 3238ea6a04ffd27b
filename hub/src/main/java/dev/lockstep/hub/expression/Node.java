package dev.lockstep.hub.expression;

import java.util.List;

/** An expression as a tree, each node with the place where it is written. */
sealed interface Node {

  int position();

  /**
   * @param value a String, a BigDecimal, a Boolean, a List of Strings or of BigDecimals, or the
   *     {@link Regex} of a match
   */
  record Constant(int position, Object value) implements Node {}

  record Field(int position, String name) implements Node {}

  record OldField(int position, String name) implements Node {}

  record CurrentUser(int position) implements Node {}

  record CurrentDate(int position) implements Node {}

  record Not(int position, Node operand) implements Node {}

  record Minus(int position, Node operand) implements Node {}

  /**
   * Operators that bind alike, from left to right. It is one node however many there are, so that a
   * long expression is not a deep one.
   */
  record Chain(Node first, List<Step> steps) implements Node {
    @Override
    public int position() {
      return first.position();
    }
  }

  /** An operator of a chain, with what stands on its right. */
  record Step(int position, Operator operator, Node operand) {}

  record Call(int position, NamedFunction function, List<Node> arguments) implements Node {}
}
