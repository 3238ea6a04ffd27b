package dev.lockstep.server.http;

import dev.lockstep.connector.ChangeReader.Retained;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.SystemStatus;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.hub.module.ModuleUse;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Metrics in Prometheus' text format, read from the engine for each scrape. */
final class Metrics implements HttpService {
  static final String PATH = "/metrics";

  private final Engine engine;
  private final Optional<ModuleUse> modules;
  private final Optional<BatchMetrics> batch;
  private final Map<String, SyncStatus> syncs = new ConcurrentHashMap<>();
  private final Map<String, SystemStatus> systems = new ConcurrentHashMap<>();

  /** Made for the first scrape: nobody waits for it at a start. */
  private @Nullable PrometheusMeterRegistry registry;

  Metrics(Engine engine, Optional<ModuleUse> modules, Optional<BatchMetrics> batch) {
    this.engine = engine;
    this.modules = modules;
    this.batch = batch;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/", this::scrape);
  }

  private void scrape(ServerRequest request, ServerResponse response) throws InterruptedException {
    response
        .header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
        .send(text());
  }

  private synchronized String text() throws InterruptedException {
    for (SyncStatus sync : engine.syncs()) {
      syncs.put(sync.name(), sync);
    }
    for (SystemStatus system : engine.systems()) {
      systems.put(system.name(), system);
    }
    if (batch.isPresent()) {
      batch.get().read();
    }
    if (registry == null) {
      registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      bind(registry);
    }
    return registry.scrape();
  }

  private void bind(PrometheusMeterRegistry to) {
    syncs.keySet().forEach(name -> bindSync(to, name));
    systems.keySet().forEach(name -> bindSystem(to, name));
    modules.ifPresent(use -> use.lines().forEach(line -> bindUse(to, use, line)));
    batch.ifPresent(found -> found.bindTo(to));
    new JvmMemoryMetrics().bindTo(to);
    new JvmThreadMetrics().bindTo(to);
    new ProcessorMetrics().bindTo(to);
    new UptimeMetrics().bindTo(to);
    // It listens to the collector until the process ends, as this registry does.
    @SuppressWarnings("resource")
    JvmGcMetrics collector = new JvmGcMetrics();
    collector.bindTo(to);
  }

  private void bindSync(PrometheusMeterRegistry to, String name) {
    count(to, name, "captured", Counts::captured);
    count(to, name, "applied", Counts::applied);
    count(to, name, "unchanged", Counts::unchanged);
    count(to, name, "superseded", Counts::superseded);
    count(to, name, "filtered", Counts::filtered);
    count(to, name, "echoes", Counts::echoes);
    // A dead letter that is replayed with success moves to applied, so this may sink.
    gauge(to, name, "dead", "Changes that are dead letters", it -> it.counts().dead());
    gauge(to, name, "waiting", "Captured and not settled", it -> it.counts().waiting());
    gauge(to, name, "parked", "Changes that wait for their record", SyncStatus::parked);
    gauge(to, name, "backlog", "Journaled, and not taken by a delivery", SyncStatus::backlog);
    gauge(
        to, name, "letters.open", "Dead letters nobody has looked after", SyncStatus::openLetters);
    gauge(
        to,
        name,
        "staleness.seconds",
        "How old the copy may be, NaN until it was complete",
        it -> it.staleness().map(age -> age.toMillis() / 1000.0).orElse(Double.NaN));
    gauge(
        to,
        name,
        "promise.seconds",
        "The promised freshness, NaN where none is",
        it -> it.freshness().map(age -> age.toMillis() / 1000.0).orElse(Double.NaN));
    gauge(to, name, "promise.kept", "1 when as fresh as promised", it -> one(it.keepsPromise()));
    gauge(to, name, "balanced", "1 when the counts add up", it -> one(it.isBalanced()));
    gauge(
        to,
        name,
        "held",
        "1 when a person must put something right",
        it -> one(it.state() == SyncStatus.State.HELD));
  }

  private static void bindUse(PrometheusMeterRegistry to, ModuleUse use, ModuleUse.Line line) {
    FunctionCounter.builder("lockstep.module.requests", use, all -> all.count(line))
        .tag("module", line.module())
        .tag("version", line.version())
        .tag("outcome", line.outcome().name().toLowerCase(Locale.ROOT))
        .description("Requests to a version of a module")
        .register(to);
  }

  private void bindSystem(PrometheusMeterRegistry to, String name) {
    system(
        to,
        name,
        "calls.used",
        "Calls in the present period, or since the start",
        SystemStatus::callsUsed);
    system(
        to,
        name,
        "calls.allowed",
        "Calls allowed in the period, NaN where not limited",
        it -> it.callsAllowed().isPresent() ? it.callsAllowed().getAsLong() : Double.NaN);
    system(
        to,
        name,
        "retained.bytes",
        "Of the system's log, kept back until it is taken; NaN where it cannot tell",
        it -> it.retained().map(kept -> (double) kept.bytes()).orElse(Double.NaN));
    system(
        to,
        name,
        "retained.seconds",
        "How long the oldest of that has been kept; NaN where it cannot tell",
        it ->
            it.retained()
                .flatMap(Retained::age)
                .map(age -> age.toMillis() / 1000.0)
                .orElse(Double.NaN));
    system(to, name, "calls.in.flight", "Calls under way", SystemStatus::inFlight);
    system(to, name, "calls.waiting", "Callers that wait their turn", SystemStatus::waiting);
    system(
        to,
        name,
        "reachable",
        "1 when nothing speaks against calling it",
        it -> one(it.state() == SystemStatus.State.REACHABLE));
    system(
        to,
        name,
        "circuit.open",
        "1 when it is left alone after failures",
        it -> one(it.state() == SystemStatus.State.RESTING));
  }

  private SyncStatus sync(String name) {
    return Objects.requireNonNull(syncs.get(name));
  }

  private SystemStatus system(String name) {
    return Objects.requireNonNull(systems.get(name));
  }

  private static double one(boolean holds) {
    return holds ? 1 : 0;
  }

  /** Counts of one sync. */
  private interface Count {
    long of(Counts counts);
  }

  private void count(PrometheusMeterRegistry to, String sync, String what, Count count) {
    FunctionCounter.builder("lockstep.sync." + what, syncs, all -> count.of(sync(sync).counts()))
        .tag("sync", sync)
        .description("Changes " + what)
        .register(to);
  }

  private void gauge(
      PrometheusMeterRegistry to,
      String sync,
      String what,
      String description,
      ToDoubleFunction<SyncStatus> value) {
    Gauge.builder("lockstep.sync." + what, syncs, all -> value.applyAsDouble(sync(sync)))
        .tag("sync", sync)
        .description(description)
        .register(to);
  }

  private void system(
      PrometheusMeterRegistry to,
      String system,
      String what,
      String description,
      ToDoubleFunction<SystemStatus> value) {
    Gauge.builder("lockstep.system." + what, systems, all -> value.applyAsDouble(system(system)))
        .tag("system", system)
        .description(description)
        .register(to);
  }
}
