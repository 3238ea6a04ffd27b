package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.run.Run;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The table {@code wide}, and somebody who goes on changing it. */
final class WideRows {
  static final String TABLE =
      "CREATE TABLE wide (id int PRIMARY KEY, n int NOT NULL, filler text NOT NULL)";

  static final int COUNT = 30_000;

  /** Four of them fill a block, so that they fill four pieces, each of about nine pages. */
  static final String FILL =
      "INSERT INTO wide SELECT g, 1, repeat('x', 1900) FROM generate_series(1, " + COUNT + ") g";

  private WideRows() {}

  /**
   * Runs a sync while rows take from each other, in transactions that leave the sum as it is, and
   * looks at the sum.
   */
  static Run runWhileTheyMove(TwoDatabases both, Callable<Run> run) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger moved = new AtomicInteger();
    Thread mover = Thread.ofVirtual().start(() -> move(both, over, moved));
    Run ran;
    try {
      ran = run.call();
    } finally {
      over.set(true);
      mover.join();
    }
    assertThat(moved.get()).isPositive();
    String sum = "SELECT sum(n) FROM wide";
    assertThat(both.inTarget(sum)).isEqualTo("" + COUNT);
    assertThat(both.inSource(sum)).isEqualTo("" + COUNT);
    return ran;
  }

  private static void move(TwoDatabases both, AtomicBoolean over, AtomicInteger moved) {
    try (Connection connection = both.connectToSource();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int i = 1; !over.get(); i = i % (COUNT / 2) + 1) {
        statement.execute("UPDATE wide SET n = n - 1 WHERE id = " + i);
        statement.execute("UPDATE wide SET n = n + 1 WHERE id = " + (COUNT + 1 - i));
        connection.commit();
        moved.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
