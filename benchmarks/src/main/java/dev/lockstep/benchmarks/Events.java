package dev.lockstep.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Changes through hub, journal and delivery to an HTTP target with 32 connections. First as many as
 * go, given to the hub by eight callers in batches; then 500 single changes a second, timed from
 * the hub's answer, which says that the change is committed, to the target's. Both ends of the
 * clock are in this process.
 */
final class Events implements Benchmark {
  private static final int BATCH = 100;
  private static final int KEYS = 20_000;

  // They divide the batches that hold all keys, so that a record is always changed by the same one.
  private static final int SENDERS = 8;
  private static final int WARM_UP = 60_000;
  private static final int LATENCY_CHANGES = 10_000;
  private static final int PER_SECOND = 500;

  private final Arguments arguments;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Events(Arguments arguments) {
    this.arguments = arguments;
  }

  @Override
  public Report measure() throws Exception {
    try (PutTarget target = PutTarget.start();
        RunningLockstep lockstep = RunningLockstep.up(folder(target))) {
      URI hub = lockstep.address().resolve("/api/hub/v1/accounts/");
      put(hub, target, WARM_UP, 1);
      int changes = Math.min(arguments.rows(), 200_000);
      List<Double> rates = new ArrayList<>();
      List<Double> processing = new ArrayList<>();
      for (int pair = 0; pair < arguments.pairs(); pair++) {
        double before = lockstep.cpuSeconds();
        rates.add(put(hub, target, changes, pair + 2));
        processing.add((lockstep.cpuSeconds() - before) * 1e6 / changes);
        System.err.printf("%d: %.0f changes a second%n", pair + 1, rates.getLast());
      }
      List<Double> latencies = latencies(hub, target);
      if (target.disordered() > 0) {
        throw new IllegalStateException(target.disordered() + " changes out of order");
      }
      SequencedMap<String, Double> figures = new LinkedHashMap<>();
      figures.put("changesPerSecond", Medians.median(rates));
      figures.put("cpuMicrosPerChange", Medians.median(processing));
      figures.put("p50Ms", Medians.percentile(latencies, 50));
      figures.put("p99Ms", Medians.percentile(latencies, 99));
      figures.put("disordered", (double) target.disordered());
      return new Report("events", figures, new LinkedHashMap<>(), lockstep.peakRssMiB());
    }
  }

  private static Path folder(PutTarget target) throws Exception {
    Path folder = Files.createTempDirectory("events");
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        server: {address: "127.0.0.1:0"}
        hub:
          objects:
            accounts: {fields: {name: text, revision: int}}
        systems:
          crm:
            connector: http
            url: %s
            limits: {concurrent: 32}
            datasets:
              accounts:
                key: code
                upsert: {put: "/accounts/{code}"}
                delete: {delete: "/accounts/{code}"}
        syncs:
          accounts:
            from: hub.accounts
            to: crm.accounts
            strategy: event
            freshness: 1s
            map: {code: record.externalReferenceCode, name: record.name, version: record.revision}
        """
            .formatted(target.url()));
    return folder;
  }

  /**
   * Changes all records in turn, as often as it takes, and waits until every change has come to the
   * target; answers changes a second.
   */
  private double put(URI hub, PutTarget target, int changes, int round) throws Exception {
    long before = target.received();
    long start = System.nanoTime();
    List<Future<?>> sent = new ArrayList<>();
    try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
      for (int sender = 0; sender < SENDERS; sender++) {
        int first = sender * BATCH;
        sent.add(
            senders.submit(() -> {
              for (int from = first; from < changes; from += SENDERS * BATCH) {
                send("PUT", hub.resolve("batch"), batch(from, changes, round));
              }
              return null;
            }));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    }
    // Records come round again far apart, so that no change is superseded on its way.
    while (target.received() - before < changes || !isUpToDate(target, changes, round)) {
      Thread.sleep(2);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    target.forgetArrivals();
    return changes / seconds;
  }

  private static String batch(int from, int changes, int round) {
    StringBuilder body = new StringBuilder("[");
    for (int i = from; i < Math.min(changes, from + BATCH); i++) {
      body.append(i == from ? "" : ",").append(entry(i % KEYS, version(round, i)));
    }
    return body.append(']').toString();
  }

  // From the last change back: as long as something is on its way, the first look mostly tells.
  private static boolean isUpToDate(PutTarget target, int changes, int round) {
    for (int i = changes - 1; i >= Math.max(0, changes - KEYS); i--) {
      if (target.version("k" + i % KEYS) < version(round, i)) {
        return false;
      }
    }
    return true;
  }

  private static long version(int round, int change) {
    return round * 1_000_000L + change;
  }

  private static String entry(int key, long version) {
    return "{\"externalReferenceCode\": \"k%d\", \"name\": \"Account %d\", \"revision\": %d}"
        .formatted(key, key, version);
  }

  private List<Double> latencies(URI hub, PutTarget target) throws Exception {
    long[] committed = new long[LATENCY_CHANGES];
    long begin = System.nanoTime();
    Semaphore inFlight = new Semaphore(64);
    List<Future<?>> sent = new ArrayList<>();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < LATENCY_CHANGES; i++) {
        int change = i;
        long due = begin + i * 1_000_000_000L / PER_SECOND;
        Thread.sleep(java.time.Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        inFlight.acquire();
        sent.add(
            senders.submit(() -> {
              URI entry = hub.resolve("by-external-reference-code/k" + change % KEYS);
              send("PUT", entry, entry(change % KEYS, version(100, change)));
              committed[change] = System.nanoTime();
              inFlight.release();
              return null;
            }));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    }
    return arrived(target, committed);
  }

  private static List<Double> arrived(PutTarget target, long[] committed) throws Exception {
    List<Double> latencies = new ArrayList<>();
    for (int i = 0; i < committed.length; i++) {
      Long arrival = target.arrival(version(100, i));
      for (int waits = 0; arrival == null && waits < 2_000; waits++) {
        Thread.sleep(5);
        arrival = target.arrival(version(100, i));
      }
      if (arrival == null) {
        throw new IllegalStateException("change " + i + " never came");
      }
      latencies.add(Math.max(0, arrival - committed[i]) / 1e6);
    }
    return latencies;
  }

  private void send(String method, URI uri, String body) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(uri + " answered " + answer.statusCode() + answer.body());
    }
  }
}
