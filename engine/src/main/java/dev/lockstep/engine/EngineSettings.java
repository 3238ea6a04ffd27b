package dev.lockstep.engine;

/**
 * The engine's own bounds.
 *
 * @param mostParked how many records of one sync may be parked before its delivery waits
 * @param mostTouched how many keys are remembered while a run reads beside events
 * @param concurrentCalls how many calls one sync may have under way where neither system nor user
 *     says
 */
public record EngineSettings(int mostParked, int mostTouched, int concurrentCalls) {
  public static final EngineSettings DEFAULT = new EngineSettings(100_000, 500_000, 8);
}
