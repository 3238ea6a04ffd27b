package dev.lockstep.hub.access;

/** A request whose caller may not make it. The message is the fault. */
public final class AccessRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String remedy;

  /** What is missing. */
  public enum Kind {
    /** Any proof of who calls. */
    UNKNOWN,
    /** A scope of the token. */
    SCOPE,
    /** A right. */
    RIGHT
  }

  AccessRefused(Kind kind, String fault, String remedy) {
    super(fault, null, false, false);
    this.kind = kind;
    this.remedy = remedy;
  }

  public Kind kind() {
    return kind;
  }

  public String fault() {
    return String.valueOf(getMessage());
  }

  public String remedy() {
    return remedy;
  }

  /** 401 or 403. */
  public int status() {
    return kind == Kind.UNKNOWN ? 401 : 403;
  }

  /** What the header WWW-Authenticate says; empty for none. */
  public String challenge() {
    return switch (kind) {
      case UNKNOWN -> "Bearer";
      case SCOPE -> "Bearer error=\"insufficient_scope\"";
      case RIGHT -> "";
    };
  }
}
