package dev.lockstep.hub.expression;

/** A value does not fit; becomes an {@link ExpressionFault} where the place is known. */
final class Unfit extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  Unfit(String message, String remedy) {
    super(message, null, false, false);
    this.remedy = remedy;
  }

  ExpressionFault at(int position) {
    return new ExpressionFault(problemAt(position));
  }

  ExpressionProblem problemAt(int position) {
    return new ExpressionProblem(position, String.valueOf(getMessage()), remedy);
  }
}
