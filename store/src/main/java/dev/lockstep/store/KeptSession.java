package dev.lockstep.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A session that is opened when it is needed, and anew after it broke. One thread. */
final class KeptSession {
  private final Opening opening;
  private @Nullable Session session;

  /** Opens a session. */
  interface Opening {
    Session open() throws SQLException;
  }

  /**
   * @param session the first one; null when it is still to be opened
   */
  KeptSession(Opening opening, @Nullable Session session) {
    this.opening = opening;
    this.session = session;
  }

  Session open() throws SQLException {
    if (session != null && !session.usable()) {
      forget();
    }
    if (session == null) {
      session = opening.open();
    }
    return session;
  }

  void forget() {
    if (session != null) {
      session.discard();
      session = null;
    }
  }
}
