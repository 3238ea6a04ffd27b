package dev.lockstep.hub.batch;

import java.util.Optional;

/**
 * Which tasks are asked for.
 *
 * @param who only what this user sent
 * @param failuresOnly only those that failed, or in which an item did
 */
public record TaskQuery(
    Optional<Task.Status> status,
    Optional<String> className,
    Optional<String> who,
    boolean failuresOnly,
    int limit,
    long offset) {
  /** The newest tasks of any kind. */
  public static TaskQuery newest(int limit) {
    return new TaskQuery(Optional.empty(), Optional.empty(), Optional.empty(), false, limit, 0);
  }
}
