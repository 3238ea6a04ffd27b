package dev.lockstep.simulation.schema;

import dev.lockstep.testkit.servers.CrashablePostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Changes the source on several connections until it is stopped; a source that is away is awaited.
 */
final class Load {
  private static final int CONNECTIONS = 4;
  private static final int MOST_STEPS = 4;
  private static final Duration PAUSE = Duration.ofMillis(8);
  private static final Duration AWAY = Duration.ofMillis(100);
  private static final String ROLLBACK = "LS000";
  private static final double ROLLED_BACK = 0.08;
  private static final double SAVEPOINT = 0.15;
  private static final double BOOKED = 0.4;
  private static final double STAGED = 0.1;

  private final CrashablePostgres source;
  private final Scale scale;
  private final List<Step> steps = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong transactions = new AtomicLong();
  private final AtomicLong large = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile boolean stopped;
  private volatile String lastRefusal = "";

  private Load(CrashablePostgres source, Scale scale) {
    this.source = source;
    this.scale = scale;
    steps.addAll(Orders.STEPS);
    steps.addAll(Kinds.STEPS);
  }

  static Load start(CrashablePostgres source, Scale scale, SplittableRandom random) {
    Load load = new Load(source, scale);
    for (int number = 0; number < CONNECTIONS; number++) {
      SplittableRandom own = random.split();
      load.threads.add(Thread.ofPlatform().name("load " + number).start(() -> load.mix(own)));
    }
    load.threads.add(Thread.ofPlatform().name("large").start(load::largeOnes));
    return load;
  }

  private void mix(SplittableRandom random) {
    whileConnected(connection -> {
      mixed(connection, random);
      Thread.sleep(PAUSE);
    });
  }

  private void largeOnes() {
    int[] next = {0};
    whileConnected(connection -> {
      Thread.sleep(scale.betweenLarge());
      int turn = next[0]++;
      Step step = new LargeTransaction(scale.large(), turn);
      if (one(connection, new Work(connection, new SplittableRandom(turn)), step)) {
        large.incrementAndGet();
      }
    });
  }

  /** What is done again and again on one connection. */
  private interface Turn {
    void take(Connection connection) throws SQLException, InterruptedException;
  }

  private void whileConnected(Turn turn) {
    while (!stopped) {
      try (Connection connection = source.connect()) {
        connection.setAutoCommit(false);
        while (!stopped) {
          turn.take(connection);
        }
      } catch (SQLException away) {
        lastRefusal = String.valueOf(away.getMessage());
        if (!sleep()) {
          return;
        }
      } catch (InterruptedException end) {
        return;
      }
    }
  }

  private static boolean sleep() {
    try {
      Thread.sleep(AWAY);
      return true;
    } catch (InterruptedException end) {
      return false;
    }
  }

  private void mixed(Connection connection, SplittableRandom random) throws SQLException {
    Work work = new Work(connection, random);
    boolean keep = !work.chance(ROLLED_BACK);
    one(
        connection,
        work,
        all -> {
          int count = work.pick(MOST_STEPS);
          for (int i = 0; i < count; i++) {
            steps.get(work.pick(steps.size()) - 1).take(all);
          }
          if (work.chance(BOOKED)) {
            Books.transfer(all);
          }
          if (work.chance(STAGED)) {
            Staging.load(all);
          }
          if (work.chance(SAVEPOINT)) {
            inPart(connection, all);
          }
          if (!keep) {
            throw new SQLException("rolled back on purpose", ROLLBACK);
          }
        });
  }

  /** Some of a transaction is taken back, some is kept. */
  private static void inPart(Connection connection, Work work) throws SQLException, IOException {
    Savepoint before = connection.setSavepoint();
    Books.transfer(work);
    work.change(
        "UPDATE customer SET c_comment = 'never seen' WHERE c_custkey = ?", work.pick(1_500));
    connection.rollback(before);
    work.change("UPDATE customer SET c_comment = 'kept' WHERE c_custkey = ?", work.pick(1_500));
    connection.releaseSavepoint(before);
  }

  /** One transaction; false when the source refused it. */
  private boolean one(Connection connection, Work work, Step step) throws SQLException {
    try {
      step.take(work);
      connection.commit();
      rows.addAndGet(work.rows());
      transactions.incrementAndGet();
      return true;
    } catch (SQLException e) {
      // Deadlocks and keys that are taken are part of a mixed load; a lost connection is not.
      connection.rollback();
      if (!ROLLBACK.equals(e.getSQLState())) {
        lastRefusal = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        refused.incrementAndGet();
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long rows() {
    return rows.get();
  }

  long transactions() {
    return transactions.get();
  }

  long large() {
    return large.get();
  }

  /** Transactions that the source refused: deadlocks, keys that were taken. */
  long refused() {
    return refused.get();
  }

  String lastRefusal() {
    return lastRefusal;
  }

  /** Lets what is under way come to its end. */
  void end() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      if (thread.getName().equals("large")) {
        thread.interrupt();
      }
      thread.join();
    }
  }
}
