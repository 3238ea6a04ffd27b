package dev.lockstep.hub.action;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.action.Delivery.State;
import dev.lockstep.hub.object.DefinedAction;
import dev.lockstep.hub.object.DefinedAction.Executor;
import dev.lockstep.hub.object.Definitions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The actions of objects as a system of the engine: its changes are the events that set actions
 * off, and writing them carries the actions out. The key is the action and the entry, so that the
 * engine keeps the order of each entry's events for each address. Thread-safe.
 */
public final class ObjectActions implements Connection {
  /** The system's name, and that of the sync from it to itself. */
  public static final String NAME = "object-actions";

  /** The header by which a receiver tells which event its writes come from. */
  public static final String CHAIN_HEADER = "lockstep-chain";

  /** The name of the subscription under which the engine reads the log. */
  private static final String SUBSCRIPTION = "lockstep_" + NAME;

  public static final DatasetId EVENTS = new DatasetId("events");
  public static final DatasetId DELIVERIES = new DatasetId("deliveries");

  private static final int AT_ONCE = 32;
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("event", new Type.Text(0)),
          Field.of("action", new Type.Int()),
          Field.of("target", new Type.Text(0)),
          Field.of("entry", new Type.Text(0)),
          Field.of("body", new Type.Text(0)));
  static final List<String> KEY = List.of("target", "entry");

  private final Definitions definitions;
  private final DeliveryLog log;
  private final Sending sending;
  private final Carriers carriers;
  private final ChangeReader reader;
  private final Writer writer;

  private ObjectActions(Definitions definitions, Means means, InstantSource clock) {
    this.definitions = definitions;
    this.log = new DeliveryLog(definitions.hub(), clock);
    this.sending = new Sending(clock);
    this.carriers = Carriers.of(means, clock);
    this.reader = definitions.hub().changes(new FindActions(definitions, log, EVENTS, SCHEMA));
    this.writer = new ActionWriter(definitions, log, sending, carriers, clock);
  }

  /** Opens them, and sees that every event from here on is kept until it was looked at. */
  public static ObjectActions open(Definitions definitions, Means means, InstantSource clock)
      throws InterruptedException {
    ObjectActions actions = new ObjectActions(definitions, means, clock);
    actions.reader.subscribe(new ChangeReader.Subscription(SUBSCRIPTION, List.of(EVENTS)));
    return actions;
  }

  /** Keeps nothing for actions any more, where no objects are defined that could have any. */
  public static void giveUp(Hub hub) throws InterruptedException {
    hub.unsubscribe(SUBSCRIPTION);
  }

  /** Whether any action is carried out at present. */
  public boolean isAnyActive() {
    return definitions.model().hasActions();
  }

  /** Which deliveries are asked for; null for any. */
  public record Query(
      @Nullable String object,
      @Nullable String entry,
      Delivery.@Nullable State state,
      long before,
      int limit) {}

  /** Deliveries, newest first. */
  public List<Delivery> deliveries(Query query) throws InterruptedException {
    return log.list(query);
  }

  /** The delivery of an event for an action. */
  public Optional<Delivery> delivery(String event) throws InterruptedException {
    return log.find(event);
  }

  /**
   * Sends an event once more that the engine does not carry any more, with the same id; answers
   * what it came to, empty when its action is gone.
   */
  public Optional<Delivery> resend(Delivery delivery) throws InterruptedException {
    DefinedAction action = definitions.model().action(delivery.action()).orElse(null);
    if (action == null) {
      return Optional.empty();
    }
    if (action.executor().filter(Executor::writesEntries).isPresent()) {
      return rewritten(delivery);
    }
    Optional<Sending.Landed> landed = sending.send(carriers.of(action), delivery.order(), action);
    while (landed.isEmpty()) {
      Thread.sleep(Duration.ofMillis(50));
      landed = sending.send(carriers.of(action), delivery.order(), action);
    }
    Attempt attempt = landed.get().attempt();
    State state = attempt.reason().isEmpty() ? State.DELIVERED : delivery.state();
    log.attempted(delivery.event(), action.id(), landed.get().url(), attempt, state);
    return log.find(delivery.event());
  }

  private Optional<Delivery> rewritten(Delivery delivery) throws InterruptedException {
    // What was done is not done twice: the note of it is looked at in the same transaction.
    Attempt attempt =
        new WriteEntry(definitions.hub(), log).write(delivery.order(), false).orElseThrow();
    if (attempt.reason().isPresent()) {
      log.attempted(
          delivery.event(),
          delivery.action(),
          delivery.url().orElse(""),
          attempt,
          delivery.state());
    }
    return log.find(delivery.event());
  }

  /** Lets an event that was stopped be carried out once. */
  public void release(Delivery delivery) throws InterruptedException {
    log.release(delivery.event());
  }

  @Override
  public List<Problem> check() {
    return List.of();
  }

  @Override
  public List<Dataset> discover() {
    return List.of(dataset(EVENTS), dataset(DELIVERIES));
  }

  @Override
  public Optional<Dataset> describe(DatasetId id) {
    return discover().stream().filter(it -> it.id().equals(id)).findFirst();
  }

  private static Dataset dataset(DatasetId id) {
    return new Dataset(id, SCHEMA, KEY, false);
  }

  @Override
  public Limits limits(DatasetId dataset) {
    return new Limits(OptionalInt.of(AT_ONCE), OptionalInt.empty(), 1);
  }

  @Override
  public Optional<ChangeReader> changeReader() {
    return Optional.of(reader);
  }

  @Override
  public Optional<Writer> writer() {
    return Optional.of(writer);
  }

  @Override
  public void close() {
    sending.close();
  }
}
