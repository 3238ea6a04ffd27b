package dev.lockstep.connectors.jdbc;

/** A value that a column holds cannot be carried, or a value cannot go into a column. */
public final class UnfitException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  /** What does not fit, and what a person can do about it. */
  public UnfitException(String fault, String remedy) {
    // Thrown per record on the hot path; nobody reads its stack.
    super(fault, null, false, false);
    this.remedy = remedy;
  }

  /** What does not fit. */
  public String fault() {
    return String.valueOf(getMessage());
  }

  /** What a person can do about it. */
  public String remedy() {
    return remedy;
  }
}
