package dev.lockstep.server.admin;

import dev.lockstep.engine.delivery.Letter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters to list, oldest first.
 *
 * @param sync null for those of every sync
 * @param state empty for those in any state
 * @param after the id after which to begin; 0 for the first
 */
public record LetterQuery(
    @Nullable String sync, Optional<Letter.State> state, long after, int limit) {
  public static final int MOST = 1_000;

  public LetterQuery {
    if (after < 0 || limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("after " + after + ", limit " + limit);
    }
  }
}
