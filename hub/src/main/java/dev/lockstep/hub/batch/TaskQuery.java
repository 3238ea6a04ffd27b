package dev.lockstep.hub.batch;

import java.util.Optional;

/**
 * Which tasks are asked for.
 *
 * @param who only what this user sent
 * @param before only those with a smaller id, which were sent before it
 * @param failuresOnly only those that failed, or in which an item did
 */
public record TaskQuery(
    Optional<Task.Status> status,
    Optional<String> className,
    Optional<String> who,
    long before,
    boolean failuresOnly,
    int limit,
    long offset) {
  /** The newest tasks of any kind. */
  public static TaskQuery newest(int limit) {
    return newest(Optional.empty(), Long.MAX_VALUE, false, limit);
  }

  /** The newest tasks of anybody before one, in a state, or with failures. */
  public static TaskQuery newest(
      Optional<Task.Status> status, long before, boolean failuresOnly, int limit) {
    return new TaskQuery(
        status, Optional.empty(), Optional.empty(), before, failuresOnly, limit, 0);
  }
}
