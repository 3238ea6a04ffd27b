package dev.lockstep.hub.action;

import dev.lockstep.hub.object.DefinedAction;
import java.time.Duration;
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

  private final Webhook webhook;
  private final Map<String, Flight> underWay = new ConcurrentHashMap<>();
  private final Set<Long> slow = ConcurrentHashMap.newKeySet();

  Sending(Webhook webhook) {
    this.webhook = webhook;
  }

  private record Flight(long action, String url, Thread thread, CompletableFuture<Attempt> end) {}

  /**
   * @param url where it was sent, which the action may name another by now
   */
  record Landed(String url, Attempt attempt) {}

  /**
   * Sends an event, or asks for one that was sent before: what it came to, empty while that is not
   * known. Each end is answered once.
   */
  Optional<Landed> send(Delivery.Order order, DefinedAction action) throws InterruptedException {
    Flight flight = underWay.get(order.event());
    if (flight == null) {
      if (isBusy(action.id())) {
        return Optional.empty();
      }
      flight = start(order, action);
    }
    try {
      long patience = slow.contains(action.id()) ? 0 : PATIENCE.toMillis();
      Attempt attempt = flight.end().get(patience, TimeUnit.MILLISECONDS);
      underWay.remove(order.event(), flight);
      return Optional.of(new Landed(flight.url(), attempt));
    } catch (TimeoutException later) {
      slow.add(action.id());
      return Optional.empty();
    } catch (ExecutionException bug) {
      underWay.remove(order.event(), flight);
      return Optional.of(
          new Landed(flight.url(), Attempt.failed("it could not be sent: " + bug.getCause())));
    }
  }

  private boolean isBusy(long action) {
    return underWay.values().stream()
            .filter(flight -> flight.action() == action && !flight.end().isDone())
            .count()
        >= MOST;
  }

  private Flight start(Delivery.Order order, DefinedAction action) {
    CompletableFuture<Attempt> end = new CompletableFuture<>();
    long begun = System.nanoTime();
    Thread thread =
        Thread.ofVirtual()
            .name("action " + order.event())
            .unstarted(() -> {
              try {
                end.complete(webhook.send(order, action));
              } catch (RuntimeException bug) {
                end.completeExceptionally(bug);
              }
              if (System.nanoTime() - begun < PATIENCE.toNanos()) {
                slow.remove(action.id());
              }
            });
    Flight flight = new Flight(action.id(), action.url(), thread, end);
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
