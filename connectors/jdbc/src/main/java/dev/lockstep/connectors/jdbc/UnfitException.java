package dev.lockstep.connectors.jdbc;

/** A value that a column holds cannot be carried, or a value cannot go into a column. */
final class UnfitException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  UnfitException(String fault, String remedy) {
    // Thrown per record on the hot path; nobody reads its stack.
    super(fault, null, false, false);
    this.remedy = remedy;
  }

  String fault() {
    return String.valueOf(getMessage());
  }

  String remedy() {
    return remedy;
  }
}
