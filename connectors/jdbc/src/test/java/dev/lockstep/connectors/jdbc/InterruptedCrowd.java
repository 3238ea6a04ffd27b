package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.DatasetId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Many threads that want the one connection of a SQLite file, interrupted again and again. */
final class InterruptedCrowd {
  private static final int ROUNDS = 150;
  private static final int THREADS = 4;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private InterruptedCrowd() {}

  /** Ends with 0 when all threads of every round have ended. */
  public static void main(String[] arguments) throws InterruptedException {
    TestDatabase database = new TestDatabase("jdbc:sqlite:" + arguments[0], "");
    database.run("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    Random random = new Random(3);
    try (Connection connection = database.open(Map.of("connectTimeout", "1m"))) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          crowd.add(Thread.ofVirtual().name("one of a crowd").start(() -> look(connection)));
        }
        Thread.sleep(Duration.ofNanos(random.nextInt(20_000_000)));
        crowd.forEach(Thread::interrupt);
        for (Thread one : crowd) {
          if (!one.join(LONGEST)) {
            throw new IllegalStateException("round " + round + ": a thread goes on");
          }
        }
      }
    }
  }

  private static void look(Connection connection) {
    try {
      while (true) {
        connection.describe(new DatasetId("t"));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
