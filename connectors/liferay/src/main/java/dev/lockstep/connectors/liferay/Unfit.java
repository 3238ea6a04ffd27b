package dev.lockstep.connectors.liferay;

/** A value cannot be carried over. */
final class Unfit extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  Unfit(String fault, String remedy) {
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
