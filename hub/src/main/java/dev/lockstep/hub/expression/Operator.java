package dev.lockstep.hub.expression;

/** What stands between two operands. */
enum Operator {
  OR("OR", 0),
  AND("AND", 1),
  EQUAL("==", 2),
  NOT_EQUAL("!=", 2),
  GREATER(">", 3),
  AT_LEAST(">=", 3),
  LESS("<", 3),
  AT_MOST("<=", 3),
  PLUS("+", 4),
  MINUS("-", 4),
  TIMES("*", 5),
  DIVIDED("/", 5);

  private final String sign;
  private final int tightness;

  Operator(String sign, int tightness) {
    this.sign = sign;
    this.tightness = tightness;
  }

  String sign() {
    return sign;
  }

  /** How tight it binds; those that bind alike go from left to right. */
  int tightness() {
    return tightness;
  }
}
