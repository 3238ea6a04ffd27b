package dev.lockstep.engine.direct;

/** The sync is followed by another group from now on. */
public final class Regrouped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Regrouped() {
    super("it belongs to another group now", null, false, false);
  }
}
