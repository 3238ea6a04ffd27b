package dev.lockstep.connector;

/**
 * A JSON document as text, told apart from plain text by its class. Well-formedness is its maker's
 * duty.
 */
public record JsonText(String text) {
  @Override
  public String toString() {
    return text;
  }
}
