package dev.lockstep.benchmarks;

import java.util.List;

/** {@code benchmarks/run NAME}: measures, and prints one JSON object last. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.parse(List.of(args));
    Benchmark benchmark =
        switch (arguments.name()) {
          case "bulk-jdbc" -> new BulkJdbc(arguments);
          case "bulk-memory" -> new BulkMemory(arguments);
          case "events" -> new Events(arguments);
          case "start" -> new StartToReady(arguments);
          default -> throw Arguments.wrong("there is no benchmark '" + arguments.name() + "'");
        };
    Report report = benchmark.measure();
    if (!arguments.json()) {
      System.out.println(report.text());
    }
    System.out.println(report.json());
  }
}
