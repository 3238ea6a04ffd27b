package dev.lockstep.hub.batch;

/** What the items of a task are is not there any more; the message says so. */
public final class HandlerGone extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HandlerGone(String message) {
    super(message, null, false, false);
  }
}
