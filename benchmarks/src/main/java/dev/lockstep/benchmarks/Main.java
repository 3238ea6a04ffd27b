package dev.lockstep.benchmarks;

import java.util.List;

/** {@code benchmarks/run NAME}: measures, and prints one JSON object last. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.parse(List.of(args));
    Benchmark benchmark =
        switch (arguments.name()) {
          case "batch" -> new Batch(arguments);
          case "bulk-jdbc" -> new BulkJdbc(arguments.chosen());
          case "bulk-memory" -> new BulkMemory(arguments.chosen());
          case "events" -> new Events(arguments.chosen());
          case "entries" -> new Entries(arguments);
          case "start" -> new StartToReady(arguments.chosen());
          case "pg-bulk" -> new PgBulk(arguments);
          case "pg-changes" -> new PgChanges(arguments);
          case "pg-latency" -> new PgLatency(arguments);
          default -> throw Arguments.wrong("there is no benchmark '" + arguments.name() + "'");
        };
    Report report = benchmark.measure();
    if (!arguments.json()) {
      System.out.println(report.text());
    }
    System.out.println(report.json());
  }
}
