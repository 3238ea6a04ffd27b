package dev.lockstep.engine;

/**
 * The engine's own bounds.
 *
 * @param mostParked how many records of one sync may be parked before its delivery waits
 * @param mostTouched how many keys are remembered while a run reads beside events
 * @param concurrentCalls how many calls one sync may have under way where neither system nor user
 *     says
 * @param keysAtOnce how many keys a mirror holds in memory while it looks for what is gone; 32
 *     bytes each at worst
 */
public record EngineSettings(int mostParked, int mostTouched, int concurrentCalls, int keysAtOnce) {
  public static final EngineSettings DEFAULT = new EngineSettings(100_000, 500_000, 8, 2_000_000);
}
