package dev.lockstep.testkit;

import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.Connector;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Type;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hands of {@link ConnectorConformance} in a real system: it makes datasets there, changes them
 * behind the connector's back, and reads what is there without asking the connector. One harness
 * serves one test and starts with an empty system; it is used by one thread at a time.
 */
public interface Harness extends AutoCloseable {

  Connector connector();

  /**
   * Settings that reach this harness's system, complete with defaults (see {@link TestSettings}).
   * Called after every {@link #create} and {@link #announce} of a test.
   */
  Settings settings();

  /**
   * Makes a dataset that holds these rows and nothing else.
   *
   * @return the dataset as the connector is expected to describe it; the suite works with that one
   */
  Dataset create(Dataset wanted, List<Row> rows);

  /** Creates or updates records, each its own transaction, in this order. */
  void put(Dataset dataset, List<Row> rows);

  /**
   * Deletes records, each its own transaction, in this order. Not called when REPORTS_DELETES is
   * waived.
   */
  void remove(Dataset dataset, List<Key> keys);

  /** What is there, in any order; each value a carrier of its field's type. */
  List<Row> rows(Dataset dataset);

  /** What the connector cannot do, each with the reason. */
  default Map<Behaviour, String> cannot() {
    return Map.of();
  }

  /**
   * The dataset most tests use; a connector that cannot hold this one answers with one that it can.
   */
  default Dataset shape(String name) {
    return Dataset.of(
        name,
        Schema.of(
            new Field("id", new Type.Int(), false),
            new Field("name", Type.Text.unlimited(), true),
            new Field("size", new Type.Int(), false)),
        "id");
  }

  /** The text field of {@link #shape} that is not its key. */
  default String textField() {
    return "name";
  }

  /** The types a field of this system can hold without loss. */
  default List<Type> types() {
    return List.of();
  }

  /** Values that must pass through a field of this type unchanged. */
  default List<Object> values(Type type) {
    return Samples.extremes(type);
  }

  /** The length of the longest text that is tried. */
  default int hugeText() {
    return 1_000_000;
  }

  /**
   * A record like this one that the target will never take; the one returned here has a null that
   * is not allowed.
   */
  default Row bad(Dataset dataset, Row good) {
    for (int i = 0; i < dataset.schema().size(); i++) {
      Field field = dataset.schema().field(i);
      if (!field.nullable() && !dataset.key().contains(field.name())) {
        return new Row(dataset.schema(), Samples.with(good, i, null));
      }
    }
    throw new IllegalStateException("override bad(): " + dataset.id() + " takes null everywhere");
  }

  /** Settings that cannot work. */
  default List<Unusable> unusable() {
    return List.of();
  }

  /**
   * Tells of a dataset that the connector is about to create, for connectors whose settings must
   * name it.
   */
  default void announce(Dataset dataset) {}

  /** Makes the source drop every change so far. Not called when LOSES_POSITION is waived. */
  default void loseChanges(Subscription subscription) {
    throw new IllegalStateException("override loseChanges(), or name LOSES_POSITION in cannot()");
  }

  /** Makes the next page of any bulk read block; empty only when BLOCKED_READ is waived. */
  default Optional<Stall> stall() {
    return Optional.empty();
  }

  /** Threads of the harness or its server, which the connector need not end. */
  default boolean owns(Thread thread) {
    return false;
  }

  /** How long a thread of the connector may take to end after its connection was closed. */
  default Duration patience() {
    return Await.LONGEST;
  }

  @Override
  default void close() throws IOException {}

  /**
   * Settings with one fault.
   *
   * @param setting the path that the problem must name, empty for the system as a whole
   */
  record Unusable(String fault, Settings settings, String setting) {}

  /** A system that has stopped answering. */
  interface Stall {
    /** Blocks until a read waits for the system. */
    void awaitBlocked() throws InterruptedException;

    /** Lets the system answer again. */
    void release();
  }
}
