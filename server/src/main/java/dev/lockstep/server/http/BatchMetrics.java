package dev.lockstep.server.http;

import dev.lockstep.hub.batch.BatchTasks;
import dev.lockstep.hub.batch.ItemCounts;
import dev.lockstep.hub.batch.Standing;
import dev.lockstep.hub.batch.Task.Status;
import dev.lockstep.hub.batch.export.Exports;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** How many imports and exports stand how, and what became of their items. */
final class BatchMetrics {
  private static final String IMPORT = "import";
  private static final String EXPORT = "export";

  private final BatchTasks imports;
  private final Exports exports;
  private final Map<String, Standing> standings = new ConcurrentHashMap<>();

  BatchMetrics(BatchTasks imports, Exports exports) {
    this.imports = imports;
    this.exports = exports;
  }

  /** Reads what the gauges show next. */
  void read() throws InterruptedException {
    standings.put(IMPORT, imports.standing());
    standings.put(EXPORT, exports.standing());
  }

  void bindTo(MeterRegistry registry) {
    bind(registry, IMPORT, imports.counts());
    bind(registry, EXPORT, exports.counts());
  }

  private void bind(MeterRegistry registry, String kind, ItemCounts counts) {
    for (Status status : Status.values()) {
      Gauge.builder(
              "lockstep.batch.tasks",
              standings,
              all -> Objects.requireNonNull(all.get(kind)).of(status))
          .tag("kind", kind)
          .tag("state", status.name().toLowerCase(Locale.ROOT))
          .description("Batch tasks that are kept")
          .register(registry);
    }
    items(registry, kind, "done", counts, ItemCounts::done);
    items(registry, kind, "failed", counts, ItemCounts::failed);
  }

  /** What is counted of items. */
  private interface Count {
    long of(ItemCounts counts);
  }

  private static void items(
      MeterRegistry registry, String kind, String outcome, ItemCounts counts, Count count) {
    FunctionCounter.builder("lockstep.batch.items", counts, count::of)
        .tag("kind", kind)
        .tag("outcome", outcome)
        .description("Items of batch tasks")
        .register(registry);
  }
}
