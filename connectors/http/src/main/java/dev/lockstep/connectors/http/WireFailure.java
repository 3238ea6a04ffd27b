package dev.lockstep.connectors.http;

/** A call got no whole answer. */
final class WireFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What is known of the request's fate. */
  enum Kind {
    /** It was not sent. */
    UNREACHABLE,
    /** The connection broke; the request may have been carried out. */
    BROKEN,
    /** Nothing came in time; the request may have been carried out. */
    SILENT
  }

  WireFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
