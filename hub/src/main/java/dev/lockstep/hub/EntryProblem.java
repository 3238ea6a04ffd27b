package dev.lockstep.hub;

/**
 * Why an edit was refused.
 *
 * @param index the edit's place in its batch, from 0
 * @param field the field or fields at fault, empty for the entry as a whole
 * @param message what is wrong
 * @param remedy what to send or do instead
 */
public record EntryProblem(int index, Rule rule, String field, String message, String remedy) {
  @Override
  public String toString() {
    return (field.isEmpty() ? "" : field + " ") + message + "; " + remedy;
  }
}
