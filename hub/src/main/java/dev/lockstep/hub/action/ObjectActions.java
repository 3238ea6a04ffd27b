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
import dev.lockstep.hub.action.Delivery.State;
import dev.lockstep.hub.object.DefinedAction;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.outgoing.Destinations;
import dev.lockstep.hub.outgoing.Post;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The actions of objects as a system of the engine: its changes are the events that set actions
 * off, and writing them carries the actions out. The key is the action and the entry, so that the
 * engine keeps the order of each entry's events for each action. Thread-safe.
 */
public final class ObjectActions implements Connection {
  /** The system's name, and that of the sync from it to itself. */
  public static final String NAME = "object-actions";

  /** The name of the subscription under which the engine reads the log. */
  private static final String SUBSCRIPTION = "lockstep_" + NAME;

  public static final DatasetId EVENTS = new DatasetId("events");
  public static final DatasetId DELIVERIES = new DatasetId("deliveries");

  private static final int AT_ONCE = 32;
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("event", new Type.Text(0)),
          Field.of("action", new Type.Int()),
          Field.of("entry", new Type.Text(0)),
          Field.of("body", new Type.Text(0)));
  private static final List<String> KEY = List.of("action", "entry");

  private final Definitions definitions;
  private final DeliveryLog log;
  private final Sending sending;
  private final ChangeReader reader;
  private final Writer writer;

  private ObjectActions(Definitions definitions, Destinations destinations, InstantSource clock) {
    this.definitions = definitions;
    this.log = new DeliveryLog(definitions.hub(), clock);
    this.sending =
        new Sending(
            new Webhook(
                new Post(destinations, Duration.ofSeconds(5), Duration.ofSeconds(30)), clock));
    this.reader = definitions.hub().changes(new FindActions(definitions, log, EVENTS, SCHEMA));
    this.writer = new ActionWriter(definitions, log, sending);
  }

  /** Opens them, and sees that every event from here on is kept until it was looked at. */
  public static ObjectActions open(
      Definitions definitions, Destinations destinations, InstantSource clock)
      throws InterruptedException {
    ObjectActions actions = new ObjectActions(definitions, destinations, clock);
    actions.reader.subscribe(new ChangeReader.Subscription(SUBSCRIPTION, List.of(EVENTS)));
    return actions;
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
    Optional<Sending.Landed> landed = sending.send(delivery.order(), action);
    while (landed.isEmpty()) {
      Thread.sleep(Duration.ofMillis(50));
      landed = sending.send(delivery.order(), action);
    }
    Attempt attempt = landed.get().attempt();
    State state = attempt.reason().isEmpty() ? State.DELIVERED : delivery.state();
    log.attempted(delivery.event(), action.id(), landed.get().url(), attempt, state);
    return log.find(delivery.event());
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
