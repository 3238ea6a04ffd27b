package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.testkit.servers.RealPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures a million rows from one database to another, by psql and by reader and writer alone. */
final class CopyMain {
  private static final int ROWS = 1_000_000;
  private static final int PAGE = 5000;
  private static final DatasetId TABLE = new DatasetId("public.pgbench_accounts");
  private static final String CREATE =
      "CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84))";

  private CopyMain() {}

  public static void main(String[] arguments) throws Exception {
    RealPostgres server = RealPostgres.newest();
    TestDatabase source = new TestDatabase(server.url(server.createDatabase()), server.user());
    TestDatabase target = new TestDatabase(server.url(server.createDatabase()), server.user());
    source.run(
        CREATE,
        "INSERT INTO pgbench_accounts SELECT n, n / 100000, n % 1000, 'filler ' || n"
            + " FROM generate_series(1, "
            + ROWS
            + ") n",
        "VACUUM ANALYZE pgbench_accounts");
    target.run(CREATE);
    for (String format : List.of("text", "binary")) {
      target.run("TRUNCATE pgbench_accounts", "CHECKPOINT");
      report("psql copy|copy " + format, () -> psql(source, target, format));
    }
    for (int round = 1; round <= 4; round++) {
      target.run("TRUNCATE pgbench_accounts", "CHECKPOINT");
      report("reader and writer, round " + round, () -> copy(source, target));
    }
    report("repeated, nothing to change", () -> copy(source, target));
  }

  private static void report(String what, Callable<?> work) throws Exception {
    long start = System.nanoTime();
    double busy = cpuSeconds();
    work.call();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-32s %,9.0f rows/s, %.1f s of CPU in this JVM%n",
        what, ROWS / seconds, cpuSeconds() - busy);
  }

  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private static Object psql(TestDatabase source, TestDatabase target, String format)
      throws Exception {
    String from = "psql -q -U postgres " + source.url().substring(5);
    String to = "psql -q -U postgres " + target.url().substring(5);
    String copy = "COPY pgbench_accounts %s (FORMAT " + format + ")";
    String pipe =
        from
            + " -c '"
            + copy.formatted("TO STDOUT")
            + "' | "
            + to
            + " -c '"
            + copy.formatted("FROM STDIN")
            + "'";
    int exit = new ProcessBuilder("sh", "-c", pipe).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("psql ended with " + exit);
    }
    return exit;
  }

  private static Object copy(TestDatabase source, TestDatabase target) throws Exception {
    try (Connection from = source.open();
        Connection to = target.open(Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Request request = new Request(TABLE, List.of(), Optional.empty(), PAGE);
      List<Callable<Integer>> parts = new ArrayList<>();
      for (Partition partition : from.bulkReader().orElseThrow().plan(request, 2)) {
        parts.add(() -> copy(from, to, partition));
      }
      int copied = 0;
      for (Future<Integer> part : threads.invokeAll(parts)) {
        copied += part.get();
      }
      if (copied != ROWS || parts.size() != 2) {
        throw new IllegalStateException(copied + " rows in " + parts.size() + " parts");
      }
      return copied;
    }
  }

  private static int copy(Connection from, Connection to, Partition partition) throws Exception {
    int copied = 0;
    try (Cursor<Page> pages = from.bulkReader().orElseThrow().read(partition, Optional.empty())) {
      for (Optional<Page> page = pages.next(); page.isPresent(); page = pages.next()) {
        List<Mutation> mutations = new ArrayList<>(PAGE);
        for (Row row : page.get().rows()) {
          mutations.add(new Mutation.Upsert(row.key(List.of("aid")), row));
        }
        to.writer()
            .orElseThrow()
            .write(
                new Batch(
                    "b" + copied, TABLE, List.of("aid"), Mode.UPSERT, mutations, Optional.empty()));
        copied += mutations.size();
      }
    }
    return copied;
  }
}
