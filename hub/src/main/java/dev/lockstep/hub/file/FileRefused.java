package dev.lockstep.hub.file;

/** A file that is not taken, or not removed. */
public final class FileRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String remedy;

  /** Why. */
  public enum Kind {
    INVALID,
    TOO_LARGE,
    CONFLICT
  }

  FileRefused(Kind kind, String message, String remedy) {
    super(message, null, false, false);
    this.kind = kind;
    this.remedy = remedy;
  }

  public Kind kind() {
    return kind;
  }

  /** What to do instead. */
  public String remedy() {
    return remedy;
  }
}
