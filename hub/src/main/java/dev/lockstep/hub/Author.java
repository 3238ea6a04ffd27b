package dev.lockstep.hub;

import org.jspecify.annotations.Nullable;

/**
 * By whose hand a change is made; kept with its event.
 *
 * @param who the user or client, where one is known
 * @param origin the mark of an installation's own writes, by which the engine knows its echoes;
 *     null for everyone else's
 */
public record Author(@Nullable String who, @Nullable String origin) {
  public static final Author UNKNOWN = new Author(null, null);

  /** Someone who called an API. */
  public static Author user(String who) {
    return new Author(who, null);
  }

  /** The engine, delivering. */
  static Author engine(String origin) {
    return new Author(null, origin);
  }
}
