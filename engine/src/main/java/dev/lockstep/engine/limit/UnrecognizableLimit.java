package dev.lockstep.engine.limit;

/** A limit that cannot be read; the message names the text, the fault and what to write instead. */
public final class UnrecognizableLimit extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnrecognizableLimit(String what, String text, String fault, String remedy) {
    super("Unrecognized " + what + " '" + text + "': " + fault + ". Write " + remedy + ".");
  }
}
