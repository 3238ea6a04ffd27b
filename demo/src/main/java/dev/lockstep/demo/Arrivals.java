package dev.lockstep.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What the neighbours said they were brought; the latest thousand. Thread-safe. */
final class Arrivals {
  private static final int MOST = 1_000;

  private final Deque<Arrival> latest = new ArrayDeque<>();

  /**
   * A call that a neighbour answered.
   *
   * @param at when what it did was durable there
   * @param revision of the record; 0 for a deletion
   */
  record Arrival(String system, Instant at, String method, String key, int status, long revision) {

    static Arrival read(String system, JsonNode line) {
      return new Arrival(
          system,
          Instant.parse(line.required("at").stringValue()),
          line.required("method").stringValue(),
          line.required("key").stringValue(),
          line.required("status").intValue(),
          line.required("revision").longValue());
    }
  }

  synchronized void add(Arrival arrival) {
    latest.addLast(arrival);
    if (latest.size() > MOST) {
      latest.removeFirst();
    }
    notifyAll();
  }

  /** Waits for one; empty when it has not come in this time. */
  synchronized Optional<Arrival> await(Predicate<Arrival> wanted, Duration patience)
      throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<Arrival> found = latest.stream().filter(wanted).findFirst();
      long left = (until - System.nanoTime()) / 1_000_000;
      if (found.isPresent() || left <= 0) {
        return found;
      }
      wait(left);
    }
  }
}
