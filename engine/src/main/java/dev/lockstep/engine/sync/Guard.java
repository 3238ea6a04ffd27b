package dev.lockstep.engine.sync;

/**
 * Keeps a mirror from emptying its target because the source suddenly reads as empty or small.
 *
 * @param maxDeletePercent a run that would delete more than this part of the target's records
 *     deletes nothing and fails with what to do; 100 switches the guard off
 */
public record Guard(int maxDeletePercent) {
  public static final Guard DEFAULT = new Guard(30);

  public Guard {
    if (maxDeletePercent < 0 || maxDeletePercent > 100) {
      throw new IllegalArgumentException("maxDeletePercent " + maxDeletePercent);
    }
  }
}
