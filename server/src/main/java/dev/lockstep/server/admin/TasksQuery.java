package dev.lockstep.server.admin;

import dev.lockstep.hub.batch.Task.Status;
import java.util.Optional;

/**
 * Which batch tasks to list, newest first.
 *
 * @param state empty for those in any state
 * @param failures only those that failed, or in which an item did
 * @param after the id after which the list goes on, with older ones; 0 for the newest
 */
public record TasksQuery(Optional<Status> state, boolean failures, long after, int limit) {
  public TasksQuery {
    if (after < 0 || limit < 1 || limit > LetterQuery.MOST) {
      throw new IllegalArgumentException("after " + after + ", limit " + limit);
    }
  }

  /** Only those of a smaller id come. */
  long before() {
    return after == 0 ? Long.MAX_VALUE : after;
  }
}
