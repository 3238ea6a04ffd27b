package dev.lockstep.store;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thread with a read-only connection; runs each work on a snapshot of its own. */
final class Reader implements Runnable {
  private final WorkQueue queue;
  private final Database database;
  private @Nullable Session session;

  Reader(WorkQueue queue, Database database) {
    this.queue = queue;
    this.database = database;
  }

  @Override
  public void run() {
    for (List<Job<?>> taken = queue.take(1); !taken.isEmpty(); taken = queue.take(1)) {
      Job<?> job = taken.getFirst();
      read(job);
      job.answer();
    }
    forget();
  }

  private void read(Job<?> job) {
    try {
      Session open = session();
      open.begin();
      job.run(open.tx());
      open.rollback();
    } catch (SQLException e) {
      forget();
      job.fail(database.faults().of(e));
    }
  }

  private void forget() {
    if (session != null) {
      session.discard();
      session = null;
    }
  }

  private Session session() throws SQLException {
    if (session != null && !session.usable()) {
      forget();
    }
    if (session == null) {
      session = database.reading();
    }
    return session;
  }
}
