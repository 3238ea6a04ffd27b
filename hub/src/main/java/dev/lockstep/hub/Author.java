package dev.lockstep.hub;

import org.jspecify.annotations.Nullable;

/**
 * By whose hand a change is made; kept with its event.
 *
 * @param who the user or client, where one is known
 * @param origin the mark of an installation's own writes, by which the engine knows its echoes;
 *     null for everyone else's
 * @param cause the delivery of an action that the change comes from, where it comes from one
 */
public record Author(@Nullable String who, @Nullable String origin, @Nullable String cause) {
  private static final String ELSEWHERE = "elsewhere:";

  public static final Author UNKNOWN = new Author(null, null, null);

  /** Someone who called an API. */
  public static Author user(String who) {
    return new Author(who, null, null);
  }

  /**
   * Someone who says that it is another installation, delivering; the engine here never takes that
   * for its own hand, whatever was said.
   */
  public Author of(String installation) {
    return new Author(who, ELSEWHERE + installation, cause);
  }

  /** The installation that said that it wrote; null where none did. */
  @Nullable String elsewhere() {
    return origin != null && origin.startsWith(ELSEWHERE)
        ? origin.substring(ELSEWHERE.length())
        : null;
  }

  /** The engine, delivering. */
  static Author engine(String origin) {
    return new Author(null, origin, null);
  }

  /** The same, writing because of what an action brought. */
  public Author because(@Nullable String delivery) {
    return new Author(who, origin, delivery);
  }
}
