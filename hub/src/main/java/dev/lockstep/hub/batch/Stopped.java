package dev.lockstep.hub.batch;

/** Undoes a group of items whose task is not carried out any more. */
final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Stopped() {
    super("the task was ended", null, false, false);
  }
}
