package dev.lockstep.hub.action;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Writer;
import dev.lockstep.hub.action.Delivery.State;
import dev.lockstep.hub.object.DefinedAction;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out what the engine brings. What one endpoint does is told of its events alone, so that
 * it never keeps those of others from being sent.
 */
final class ActionWriter implements Writer {
  /** With the engine's back-off, about 17 hours. */
  static final int MOST_ATTEMPTS = 100;

  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private final Definitions definitions;
  private final DeliveryLog log;
  private final Sending sending;

  ActionWriter(Definitions definitions, DeliveryLog log, Sending sending) {
    this.definitions = definitions;
    this.log = log;
    this.sending = sending;
  }

  @Override
  public Set<Ability> abilities(DatasetId dataset) {
    return EnumSet.of(Ability.APPEND);
  }

  @Override
  public List<Outcome> write(Batch batch) throws InterruptedException {
    try {
      return written(batch);
    } catch (StoreException failed) {
      // The event may have been sent, and is sent again with the same id.
      throw new ConnectorException(
          Failure.Transient.of(String.valueOf(failed.getMessage())), failed);
    }
  }

  private List<Outcome> written(Batch batch) throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>(batch.mutations().size());
    for (Mutation mutation : batch.mutations()) {
      outcomes.add(
          switch (mutation) {
            case Mutation.Upsert upsert -> send(Delivery.Order.of(upsert.row()));
            case Mutation.Delete _, Mutation.Move _ ->
                throw new IllegalArgumentException("events are only added: " + mutation);
          });
    }
    return outcomes;
  }

  private Outcome send(Delivery.Order order) throws InterruptedException {
    if (log.isDelivered(order.event())) {
      // The process ended between the answer and the engine's note of it.
      return Outcome.UNCHANGED;
    }
    Optional<DefinedAction> action = definitions.model().action(order.action());
    if (action.isEmpty()) {
      log.dropped(order.event());
      return Outcome.UNCHANGED;
    }
    Optional<Sending.Landed> landed = sending.send(order, action.get());
    if (landed.isEmpty()) {
      return new Outcome.Deferred("its answer has not come yet", Optional.of(ASK_AGAIN));
    }
    return ended(order, landed.get());
  }

  private Outcome ended(Delivery.Order order, Sending.Landed landed) throws InterruptedException {
    Attempt attempt = landed.attempt();
    if (attempt.reason().isEmpty()) {
      log.attempted(order.event(), order.action(), landed.url(), attempt, State.DELIVERED);
      return Outcome.APPLIED;
    }
    long before = log.attempts(order.event());
    boolean dead = attempt.forGood() || before + 1 >= MOST_ATTEMPTS;
    log.attempted(
        order.event(), order.action(), landed.url(), attempt, dead ? State.DEAD : State.WAITING);
    String reason = landed.url() + ": " + attempt.reason().get();
    return dead
        ? new Outcome.Rejected(reason, "mend the endpoint or the action, and replay the delivery")
        : new Outcome.Deferred(reason, attempt.retryAfter());
  }
}
