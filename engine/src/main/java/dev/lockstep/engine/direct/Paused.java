package dev.lockstep.engine.direct;

/** Following ends, at a place where the source was consistent, because it was asked to. */
final class Paused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Paused() {
    super("paused", null, false, false);
  }
}
