package dev.lockstep.hub.batch.document;

/** An item cannot be taken; nothing of it was kept. */
final class ItemRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean waits;

  ItemRefused(String fault, String remedy) {
    this(fault, remedy, false);
  }

  private ItemRefused(String fault, String remedy, boolean waits) {
    super(fault + "; " + remedy, null, false, false);
    this.waits = waits;
  }

  /** One that refers to what may follow. */
  static ItemRefused waiting(String fault, String remedy) {
    return new ItemRefused(fault, remedy, true);
  }

  boolean waits() {
    return waits;
  }
}
