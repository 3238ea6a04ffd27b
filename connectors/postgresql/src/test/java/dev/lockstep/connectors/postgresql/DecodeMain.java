package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import dev.lockstep.testkit.servers.RealPostgres;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;

/**
 * Measures how fast a backlog of updates is read and decoded, with so many rows a transaction:
 * {@code DecodeMain [15|18] [rows a transaction] [rounds]}.
 */
final class DecodeMain {
  private static final int CHANGES = 500_000;
  private static final int ROWS = 100_000;

  private DecodeMain() {}

  public static void main(String[] arguments) throws Exception {
    boolean old = arguments.length > 0 && arguments[0].equals("15");
    int each = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    RealPostgres server = old ? RealPostgres.debian15() : RealPostgres.newest();
    TestDatabase database = new TestDatabase(server.url(server.createDatabase()), server.user());
    database.run(
        "CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84))",
        "INSERT INTO pgbench_accounts SELECT n, n / 100000, 0, 'filler'"
            + " FROM generate_series(1, "
            + ROWS
            + ") n",
        "VACUUM ANALYZE pgbench_accounts");
    Subscription subscription =
        new Subscription("decode", List.of(new DatasetId("public.pgbench_accounts")));
    for (int round = 1; round <= rounds; round++) {
      try (Connection connection = database.open()) {
        ChangeReader reader = connection.changeReader().orElseThrow();
        Position start = reader.subscribe(subscription);
        reader.handedOver(subscription);
        backlog(database, each);
        drain(reader, subscription, start, round);
        reader.unsubscribe(subscription);
      }
    }
  }

  private static void backlog(TestDatabase database, int each) {
    database.run(
        "SET synchronous_commit = off",
        "DO $$ BEGIN FOR i IN 0.."
            + (CHANGES / each - 1)
            + " LOOP UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid BETWEEN "
            + "(i::bigint * "
            + each
            + ") % "
            + ROWS
            + " + 1 AND (i::bigint * "
            + each
            + ") % "
            + ROWS
            + " + "
            + each
            + "; COMMIT; END LOOP; END $$");
  }

  private static void drain(
      ChangeReader reader, Subscription subscription, Position start, int round) throws Exception {
    long seen = 0;
    long batches = 0;
    try (ChangeCursor cursor = reader.read(subscription, start)) {
      ThreadMXBean times = ManagementFactory.getThreadMXBean();
      long thread = times.getCurrentThreadCpuTime();
      long user = times.getCurrentThreadUserTime();
      long began = 0;
      while (seen < CHANGES) {
        ChangeBatch batch = cursor.next(4096, Duration.ofSeconds(10));
        if (began == 0) {
          began = System.nanoTime();
        }
        seen += batch.changes().size();
        batches++;
        cursor.acknowledge(batch.resumeAfter());
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      double all = (times.getCurrentThreadCpuTime() - thread) / 1e3 / seen;
      double own = (times.getCurrentThreadUserTime() - user) / 1e3 / seen;
      System.out.printf(
          "round %d: %,d changes in %.2f s, %,.0f/s, %.2f us of the reading thread a change (%.2f of them outside the"
              + " system), %,d batches%n",
          round, seen, seconds, seen / seconds, all, own, batches);
    }
  }
}
