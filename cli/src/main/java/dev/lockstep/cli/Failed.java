package dev.lockstep.cli;

/** A command cannot go on; the message is all its user is told: place, fault, remedy. */
final class Failed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Failed(String message) {
    super(message);
  }
}
