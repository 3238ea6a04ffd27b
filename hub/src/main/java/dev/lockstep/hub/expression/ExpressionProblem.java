package dev.lockstep.hub.expression;

/**
 * What is wrong with an expression.
 *
 * @param position the character at fault, counted from 1
 * @param message what is wrong
 * @param remedy what to write instead
 */
public record ExpressionProblem(int position, String message, String remedy) {
  @Override
  public String toString() {
    return "character " + position + ": " + message + "; " + remedy;
  }
}
