package dev.lockstep.server.extension;

/** An archive or a folder that is no client extension, or none that is taken; says why. */
public final class ExtensionRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String fault;
  private final String remedy;
  private final boolean torn;

  private ExtensionRefused(String fault, String remedy, boolean torn) {
    super(remedy.isEmpty() ? fault : fault + "; " + remedy, null, false, false);
    this.fault = fault;
    this.remedy = remedy;
    this.torn = torn;
  }

  public ExtensionRefused(String fault, String remedy) {
    this(fault, remedy, false);
  }

  /** What may be whole later: a file that is still being copied looks like this. */
  static ExtensionRefused torn(String fault) {
    return new ExtensionRefused(fault, "copy it again, whole", true);
  }

  public String fault() {
    return fault;
  }

  public String remedy() {
    return remedy;
  }

  /** Whether it may be the beginning of a sound archive. */
  public boolean isTorn() {
    return torn;
  }
}
