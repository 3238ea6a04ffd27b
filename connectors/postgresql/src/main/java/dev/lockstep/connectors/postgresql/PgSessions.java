package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.Sessions;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The sessions that transactions leave to each other. Thread-safe. */
final class PgSessions implements AutoCloseable {
  private final Sessions sessions;
  private final InstantSource clock;
  private final int idle;
  private final Deque<PgSession> free = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param idle how many are kept while no transaction needs them
   */
  PgSessions(Sessions sessions, InstantSource clock, int idle) {
    this.sessions = sessions;
    this.clock = clock;
    this.idle = idle;
  }

  PgSession take() throws InterruptedException {
    PgSession known;
    synchronized (this) {
      known = free.poll();
    }
    return known == null ? PgSession.open(sessions, clock) : known;
  }

  /** Takes back a session whose transaction has ended. */
  void give(PgSession session) {
    synchronized (this) {
      if (!session.isGone() && !closed && free.size() < idle) {
        free.push(session);
        return;
      }
    }
    session.close();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    for (PgSession session = poll(); session != null; session = poll()) {
      session.close();
    }
  }

  private synchronized @Nullable PgSession poll() {
    return free.poll();
  }
}
