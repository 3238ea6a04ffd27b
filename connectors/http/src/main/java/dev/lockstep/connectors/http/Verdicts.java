package dev.lockstep.connectors.http;

import java.util.Map;

/**
 * Maps a status to a {@link Verdict}. The user's own words come first, then the defaults, which the
 * manual lists in a table.
 */
record Verdicts(Map<Integer, Verdict> own) {
  Verdicts {
    own = Map.copyOf(own);
  }

  Verdict of(Deed deed, int status) {
    Verdict chosen = own.get(status);
    if (chosen != null) {
      return chosen;
    }
    if (deed == Deed.DELETE && (status == 404 || status == 410)) {
      return Verdict.UNCHANGED;
    }
    return usual(status);
  }

  boolean isOwn(int status) {
    return own.containsKey(status);
  }

  private static Verdict usual(int status) {
    if (status >= 200 && status < 300) {
      return Verdict.APPLIED;
    }
    return switch (status) {
      case 401, 403, 405, 407, 415, 501 -> Verdict.STOP;
      case 408, 425, 429, 502, 503, 504 -> Verdict.BUSY;
      default -> status < 400 ? Verdict.STOP : status < 500 ? Verdict.REJECT : Verdict.RETRY;
    };
  }

  /** What a write does. */
  enum Deed {
    UPSERT,
    CREATE,
    UPDATE,
    DELETE,
    APPEND
  }
}
