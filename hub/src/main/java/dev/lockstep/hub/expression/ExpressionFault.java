package dev.lockstep.hub.expression;

/**
 * An expression cannot be understood, or a value does not fit what is done with it. The message
 * names no values of fields.
 */
public final class ExpressionFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ExpressionProblem problem;

  ExpressionFault(ExpressionProblem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  ExpressionFault(int position, String message, String remedy) {
    this(new ExpressionProblem(position, message, remedy));
  }

  public ExpressionProblem problem() {
    return problem;
  }
}
