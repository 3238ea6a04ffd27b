package dev.lockstep.benchmarks;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Callers that each send one request after the other over a connection of their own.
 *
 * @param perSecond answers a second, all callers together
 * @param p99Millis how long 99 of 100 of them took at most
 */
record Callers(double perSecond, double p99Millis) {
  static final int CONNECTIONS = 32;

  /** One request, checked by who sends it. */
  interface Request {
    void send(KeptConnection connection, RandomGenerator random) throws Exception;
  }

  /** Has all callers send for a time; the first part of it only warms up. */
  static Callers send(URI address, int seconds, Request request) throws Exception {
    long start = System.nanoTime();
    long counted = start + TimeUnit.SECONDS.toNanos(seconds) / 3;
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    List<Callable<List<Double>>> callers = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      callers.add(() -> one(address, request, counted, end));
    }
    List<Double> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (Future<List<Double>> caller : threads.invokeAll(callers)) {
        all.addAll(caller.get());
      }
    }
    return new Callers(all.size() / ((end - counted) / 1e9), Medians.percentile(all, 99));
  }

  private static List<Double> one(URI address, Request request, long counted, long end)
      throws Exception {
    List<Double> millis = new ArrayList<>();
    try (KeptConnection connection = new KeptConnection(address)) {
      for (long now = System.nanoTime(); now < end; ) {
        request.send(connection, ThreadLocalRandom.current());
        long answered = System.nanoTime();
        if (answered >= counted && answered <= end) {
          millis.add((answered - now) / 1e6);
        }
        now = answered;
      }
    }
    return millis;
  }
}
