package dev.lockstep.hub.outgoing;

/** An address that is not called. */
public final class AddressRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  AddressRefused(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  public String text() {
    return String.valueOf(getMessage());
  }

  public String remedy() {
    return remedy;
  }
}
