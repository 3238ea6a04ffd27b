package dev.lockstep.store;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * The one thread that writes. It takes all works that wait, runs each in a savepoint of its own,
 * syncs once, and answers all: the sync, which costs more than most works, is shared by as many
 * callers as came while the one before it was under way.
 */
final class Writer implements Runnable {
  private final WorkQueue queue;
  private final int most;
  private final Database database;
  private final LongAdder writes = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private final KeptSession session;

  Writer(WorkQueue queue, int most, Database database, Session session) {
    this.queue = queue;
    this.most = most;
    this.database = database;
    this.session = new KeptSession(database::writing, session);
  }

  @Override
  public void run() {
    for (List<Job<?>> group = queue.take(most); !group.isEmpty(); group = queue.take(most)) {
      keep(group);
      group.forEach(this::answer);
    }
    session.forget();
  }

  private void keep(List<Job<?>> group) {
    try {
      Session open = session.open();
      open.beginWriting();
      boolean anyDone = group.size() == 1 ? runAlone(open, group.getFirst()) : runAll(open, group);
      if (anyDone) {
        commit(open, group);
      }
    } catch (SQLException e) {
      lose(group, e, database.faults()::of);
    }
  }

  /** A work that is alone needs no savepoint: undoing it is undoing the transaction. */
  private static boolean runAlone(Session open, Job<?> job) throws SQLException {
    job.run(open.tx());
    if (job.failed()) {
      open.rollback();
    }
    return !job.failed();
  }

  private static boolean runAll(Session open, List<Job<?>> group) throws SQLException {
    for (Job<?> job : group) {
      open.savepoint();
      job.run(open.tx());
      if (job.failed()) {
        undo(open, job);
      } else {
        open.release();
      }
    }
    return true;
  }

  /**
   * When the database has undone the whole group already, the reason is what the work met, not
   * this.
   */
  private static void undo(Session open, Job<?> job) throws SQLException {
    try {
      open.rollbackToSavepoint();
    } catch (SQLException e) {
      throw job.sqlFault().orElse(e);
    }
  }

  private void commit(Session open, List<Job<?>> group) {
    try {
      open.commit();
      commits.increment();
    } catch (SQLException e) {
      lose(group, e, database.faults()::atCommit);
      return;
    }
    try {
      database.afterCommit(open);
    } catch (SQLException e) {
      // The group is durable; what ails the store will fail the next one, which can say so.
      session.forget();
    }
  }

  /**
   * The database gave up the transaction with all that was in it, or its end is unknown: start
   * afresh.
   */
  private void lose(
      List<Job<?>> group, SQLException e, Function<SQLException, StoreException> meaning) {
    session.forget();
    group.forEach(job -> job.fail(meaning.apply(e)));
  }

  private void answer(Job<?> job) {
    writes.increment();
    if (job.failed()) {
      failed.increment();
    }
    job.answer();
  }

  StoreMetrics metrics() {
    return new StoreMetrics(writes.sum(), failed.sum(), commits.sum(), queue.size());
  }
}
