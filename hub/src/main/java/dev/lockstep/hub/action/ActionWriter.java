package dev.lockstep.hub.action;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Writer;
import dev.lockstep.hub.action.Delivery.State;
import dev.lockstep.hub.action.DeliveryLog.Stand;
import dev.lockstep.hub.object.DefinedAction;
import dev.lockstep.hub.object.DefinedAction.Executor;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
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

  /** A rule that refuses a value refuses it again, unless what it looks at comes a little later. */
  private static final int MOST_WRITES = 5;

  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
  private static final String MEND = "mend the endpoint or the action, and replay the delivery";

  private final Definitions definitions;
  private final DeliveryLog log;
  private final Sending sending;
  private final Carriers carriers;
  private final WriteEntry entries;
  private final Rounds rounds = new Rounds();
  private final InstantSource clock;

  ActionWriter(
      Definitions definitions,
      DeliveryLog log,
      Sending sending,
      Carriers carriers,
      InstantSource clock) {
    this.carriers = carriers;
    this.definitions = definitions;
    this.log = log;
    this.sending = sending;
    this.entries = new WriteEntry(definitions.hub(), log);
    this.clock = clock;
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
            case Mutation.Upsert upsert -> carryOut(Delivery.Order.of(upsert.row()));
            case Mutation.Delete _, Mutation.Move _ ->
                throw new IllegalArgumentException("events are only added: " + mutation);
          });
    }
    return outcomes;
  }

  private Outcome carryOut(Delivery.Order order) throws InterruptedException {
    Stand stand =
        log.stand(order.event())
            .orElseGet(() -> new Stand(State.WAITING, clock.instant(), 0, Chain.NONE));
    if (stand.state() == State.DELIVERED) {
      // The process ended between the answer and the engine's note of it.
      return Outcome.UNCHANGED;
    }
    Optional<DefinedAction> action = definitions.model().action(order.action());
    if (action.isEmpty()) {
      log.dropped(order.event());
      return Outcome.UNCHANGED;
    }
    Executor executor = action.get().executor().orElse(Executor.WEBHOOK);
    if (stand.chain().isLong()) {
      return stopped(
          order, Chain.MOST + " actions led to it, one after the other: " + stand.chain().told());
    }
    boolean repeats = stand.chain().has(order.action(), order.entry());
    return switch (executor) {
      case ADD_ENTRY, UPDATE_ENTRY -> write(order, stand, repeats);
      case FUNCTION, NOTIFICATION, WEBHOOK -> send(order, stand, action.get(), repeats);
    };
  }

  private Outcome write(Delivery.Order order, Stand stand, boolean repeats)
      throws InterruptedException {
    Optional<Attempt> attempt = entries.write(order, repeats);
    if (attempt.isEmpty()) {
      return looped(order, stand);
    }
    if (attempt.get().reason().isEmpty()) {
      // Noted together with what it wrote.
      return Outcome.APPLIED;
    }
    String url = WriteEntry.url(EntryOrder.read(order.body()));
    return failed(order, stand, url, attempt.get(), MOST_WRITES);
  }

  private Outcome send(Delivery.Order order, Stand stand, DefinedAction action, boolean repeats)
      throws InterruptedException {
    if (repeats) {
      return looped(order, stand);
    }
    if (stand.attempts() == 0) {
      if (rounds.isLoop(order, stand.at())) {
        rounds.forget(order);
        return stopped(
            order,
            "the last "
                + Rounds.MOST_WITHIN
                + " changes of the entry were each made while the one before was being sent: the"
                + " receiver writes back what sets the action off");
      }
      Optional<Duration> rest = rounds.rest(order, clock.instant());
      if (rest.isPresent()) {
        String reason =
            "held back: it was sent "
                + Rounds.MOST_A_MINUTE
                + " events of this entry within a minute, as in a loop";
        log.held(order.event(), reason);
        return new Outcome.Deferred(reason, rest);
      }
    }
    Optional<Sending.Landed> landed = sending.send(carriers.of(action), order, action);
    if (landed.isEmpty()) {
      return new Outcome.Deferred("its answer has not come yet", Optional.of(ASK_AGAIN));
    }
    Attempt attempt = landed.get().attempt();
    rounds.sent(order, stand.at(), landed.get().begun(), landed.get().ended());
    if (attempt.reason().isEmpty()) {
      log.attempted(order.event(), order.action(), landed.get().url(), attempt, State.DELIVERED);
      return Outcome.APPLIED;
    }
    return failed(order, stand, landed.get().url(), attempt, MOST_ATTEMPTS);
  }

  private Outcome failed(Delivery.Order order, Stand stand, String url, Attempt attempt, int most)
      throws InterruptedException {
    boolean dead = attempt.forGood() || stand.attempts() + 1 >= most;
    log.attempted(order.event(), order.action(), url, attempt, dead ? State.DEAD : State.WAITING);
    String reason = url + ": " + attempt.reason().orElseThrow();
    return dead
        ? new Outcome.Rejected(reason, MEND)
        : new Outcome.Deferred(reason, attempt.retryAfter());
  }

  private Outcome looped(Delivery.Order order, Stand stand) throws InterruptedException {
    return stopped(
        order,
        "it comes from itself and would go on for ever: " + stand.chain().told() + ", and again");
  }

  /** Noted as stopped, and told by the engine as one of its dead letters. */
  private Outcome stopped(Delivery.Order order, String why) throws InterruptedException {
    String reason = "a loop was stopped: " + why;
    log.stopped(order.event(), order.action(), reason);
    return new Outcome.Rejected(
        reason,
        "give the action a condition that ends it; the delivery's replay carries this event out"
            + " once");
  }
}
