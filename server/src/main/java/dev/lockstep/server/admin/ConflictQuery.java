package dev.lockstep.server.admin;

import dev.lockstep.engine.twoway.Conflict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which conflicts to list, oldest first.
 *
 * @param sync null for those of every sync
 * @param state empty for those in any state
 * @param after the id after which to begin; 0 for the first
 */
public record ConflictQuery(
    @Nullable String sync, Optional<Conflict.State> state, long after, int limit) {
  public ConflictQuery {
    if (after < 0 || limit < 1 || limit > LetterQuery.MOST) {
      throw new IllegalArgumentException("after " + after + ", limit " + limit);
    }
  }
}
