package dev.lockstep.connectors.http;

/** A record cannot be read or written as what it should be; carries what to do about it. */
final class Unfitting extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  Unfitting(String fault, String remedy) {
    super(fault);
    this.remedy = remedy;
  }

  String fault() {
    return String.valueOf(getMessage());
  }

  String remedy() {
    return remedy;
  }
}
