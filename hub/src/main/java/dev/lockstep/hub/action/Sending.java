package dev.lockstep.hub.action;

import dev.lockstep.hub.object.DefinedAction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts that are under way. One that takes long goes on while its sender does something else, and
 * is asked for again later: an endpoint that hangs holds back nobody but itself. Thread-safe.
 */
final class Sending implements AutoCloseable {
  /** How long the first post to an endpoint is waited for that was quick so far. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** How many posts of one action may be under way. */
  private static final int MOST = 32;

  private final InstantSource clock;
  private final Map<String, Flight> underWay = new ConcurrentHashMap<>();
  private final Set<Long> slow = ConcurrentHashMap.newKeySet();

  Sending(InstantSource clock) {
    this.clock = clock;
  }

  private record Flight(long action, String url, Thread thread, CompletableFuture<Landed> end) {}

  /**
   * @param url where it was sent, which the action may name another by now
   * @param begun before the first byte of it left
   * @param ended after its answer
   */
  record Landed(String url, Attempt attempt, Instant begun, Instant ended) {}

  /**
   * Sends an event, or asks for one that was sent before: what it came to, empty while that is not
   * known. Each end is answered once.
   */
  Optional<Landed> send(Carrier carrier, Delivery.Order order, DefinedAction action)
      throws InterruptedException {
    Flight flight = underWay.get(order.event());
    if (flight == null) {
      if (isBusy(action.id())) {
        return Optional.empty();
      }
      flight = start(carrier, order, action);
    }
    try {
      long patience = slow.contains(action.id()) ? 0 : PATIENCE.toMillis();
      Landed landed = flight.end().get(patience, TimeUnit.MILLISECONDS);
      underWay.remove(order.event(), flight);
      return Optional.of(landed);
    } catch (TimeoutException later) {
      slow.add(action.id());
      return Optional.empty();
    } catch (ExecutionException bug) {
      underWay.remove(order.event(), flight);
      Instant now = clock.instant();
      Attempt failed = Attempt.failed("it could not be sent: " + bug.getCause());
      return Optional.of(new Landed(flight.url(), failed, now, now));
    }
  }

  private boolean isBusy(long action) {
    return underWay.values().stream()
            .filter(flight -> flight.action() == action && !flight.end().isDone())
            .count()
        >= MOST;
  }

  private Flight start(Carrier carrier, Delivery.Order order, DefinedAction action) {
    String place = carrier.place(action);
    CompletableFuture<Landed> end = new CompletableFuture<>();
    // As the log of changes counts time.
    Instant start = clock.instant().truncatedTo(ChronoUnit.MICROS);
    long begun = System.nanoTime();
    Thread thread =
        Thread.ofVirtual()
            .name("action " + order.event())
            .unstarted(() -> {
              try {
                Attempt attempt = carrier.send(order, action);
                end.complete(new Landed(place, attempt, start, clock.instant()));
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                end.completeExceptionally(stopped);
              } catch (RuntimeException bug) {
                end.completeExceptionally(bug);
              }
              if (System.nanoTime() - begun < PATIENCE.toNanos()) {
                slow.remove(action.id());
              }
            });
    Flight flight = new Flight(action.id(), place, thread, end);
    underWay.put(order.event(), flight);
    thread.start();
    return flight;
  }

  /** Ends what is under way, whose events are sent again later. */
  @Override
  public void close() {
    underWay.values().forEach(flight -> flight.thread().interrupt());
  }
}
