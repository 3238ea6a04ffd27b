package dev.lockstep.server.admin;

/** Something asked of a Lockstep cannot be done; holds no secret. */
public final class AdminRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String fault;
  private final String remedy;

  /** Whose turn it is to do something. */
  public enum Reason {
    /** What is named does not exist. */
    UNKNOWN,
    /** It is written in a way that cannot be understood. */
    MALFORMED,
    /** It does not fit the state things are in. */
    CONFLICT,
    /** A system cannot be used as asked, now or as it is configured. */
    SYSTEM,
    /** Lockstep itself cannot do it now. */
    UNAVAILABLE,
    /** The caller has not shown that it may. */
    FORBIDDEN
  }

  /**
   * @param fault what is wrong, with its place
   * @param remedy what to do about it
   */
  public AdminRefused(Reason reason, String fault, String remedy) {
    super(remedy.isEmpty() ? fault : fault + "; " + remedy);
    this.reason = reason;
    this.fault = fault;
    this.remedy = remedy;
  }

  public Reason reason() {
    return reason;
  }

  public String fault() {
    return fault;
  }

  public String remedy() {
    return remedy;
  }
}
