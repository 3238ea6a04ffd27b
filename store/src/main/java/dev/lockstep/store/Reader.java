package dev.lockstep.store;

import java.sql.SQLException;
import java.util.List;

/** One thread with a read-only connection; runs each work on a snapshot of its own. */
final class Reader implements Runnable {
  private final WorkQueue queue;
  private final Database database;
  private final KeptSession session;

  Reader(WorkQueue queue, Database database) {
    this.queue = queue;
    this.database = database;
    this.session = new KeptSession(database::reading, null);
  }

  @Override
  public void run() {
    for (List<Job<?>> taken = queue.take(1); !taken.isEmpty(); taken = queue.take(1)) {
      Job<?> job = taken.getFirst();
      read(job);
      job.answer();
    }
    session.forget();
  }

  private void read(Job<?> job) {
    try {
      Session open = session.open();
      open.begin();
      job.run(open.tx());
      open.rollback();
    } catch (SQLException e) {
      session.forget();
      job.fail(database.faults().of(e));
    }
  }
}
