package dev.lockstep.connector;

/** A value that prints as stars, so that it cannot slip into a log, an error or a page. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The value itself, for the call that needs it and nothing else. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    // Invariant 10: a secret appears in no log, error, API answer, event or page.
    return "***";
  }
}
