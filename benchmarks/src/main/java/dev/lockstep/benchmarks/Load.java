package dev.lockstep.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Single updates at random times (Poisson), each a transaction that is on disk when it is over.
 *
 * @param perSecond on average, of all connections together
 */
record Load(Database source, Backlog rows, int perSecond) {
  private static final int CONNECTIONS = 4;

  /**
   * Runs for a time; answers how many updates were made. Each writes the balance that follows the
   * one before it, from {@link Backlog#first} on.
   */
  int run(Duration time, int round) throws Exception {
    AtomicInteger updates = new AtomicInteger();
    long end = System.nanoTime() + time.toNanos();
    List<Future<?>> connections = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        Random chance = new Random(round * 31L + i);
        connections.add(
            threads.submit(() -> {
              update(updates, end, chance, round);
              return null;
            }));
      }
      for (Future<?> one : connections) {
        one.get(time.toSeconds() + 60, TimeUnit.SECONDS);
      }
    }
    return updates.get();
  }

  private void update(AtomicInteger updates, long end, Random chance, int round) throws Exception {
    try (Connection connection = source.connect();
        PreparedStatement statement =
            connection.prepareStatement("UPDATE pgbench_accounts SET abalance = ? WHERE aid = ?")) {
      // Behind its time it does not wait, so that the average is kept.
      long due = System.nanoTime();
      while (true) {
        due += Math.round(-Math.log(1 - chance.nextDouble()) * 1e9 * CONNECTIONS / perSecond);
        if (due > end) {
          return;
        }
        Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        int update = updates.getAndIncrement();
        statement.setInt(1, rows.first(round) + update);
        statement.setInt(2, rows.row(update));
        statement.executeUpdate();
      }
    }
  }
}
