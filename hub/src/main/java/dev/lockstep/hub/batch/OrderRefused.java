package dev.lockstep.hub.batch;

/** A task that is not taken; nothing of it is kept. */
public final class OrderRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String remedy;
  private final boolean conflict;

  public OrderRefused(String message, String remedy) {
    this(message, remedy, false);
  }

  private OrderRefused(String message, String remedy, boolean conflict) {
    super(message, null, false, false);
    this.remedy = remedy;
    this.conflict = conflict;
  }

  /** A task that stands against what is there. */
  static OrderRefused conflict(String message, String remedy) {
    return new OrderRefused(message, remedy, true);
  }

  public String text() {
    return String.valueOf(getMessage());
  }

  public String remedy() {
    return remedy;
  }

  public boolean isConflict() {
    return conflict;
  }
}
