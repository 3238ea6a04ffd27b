package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One test of the suite: a harness, the connections opened through it, and what every test needs.
 */
final class Trial implements AutoCloseable {
  static final String ORIGIN = "lockstep-conformance";

  private final Harness harness;
  private final List<Connection> open = new ArrayList<>();
  private int batches;

  Trial(Harness harness) {
    this.harness = harness;
  }

  Harness harness() {
    return harness;
  }

  boolean can(Behaviour behaviour) {
    return !harness.cannot().containsKey(behaviour);
  }

  boolean has(Role role) {
    return harness.connector().spec().roles().contains(role);
  }

  /** A dataset holding records 1 to count. */
  Dataset filled(int count) {
    Dataset shape = harness.shape("things");
    return harness.create(shape, Samples.rows(shape, count));
  }

  Connection open() throws InterruptedException {
    Connection connection = harness.connector().open(harness.settings(), context());
    open.add(connection);
    return connection;
  }

  static ConnectorContext context() {
    return new ConnectorContext(
        "conformance",
        ORIGIN,
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("java.io.tmpdir")),
        InstantSource.system(),
        new Random(7),
        System.getLogger("conformance"));
  }

  static BulkReader bulk(Connection connection) {
    return connection
        .bulkReader()
        .orElseThrow(() -> new AssertionError("no bulk reader is offered"));
  }

  static ChangeReader changes(Connection connection) {
    return connection
        .changeReader()
        .orElseThrow(() -> new AssertionError("no change reader is offered"));
  }

  static Writer writer(Connection connection) {
    return connection.writer().orElseThrow(() -> new AssertionError("no writer is offered"));
  }

  static List<Page> pages(BulkReader reader, Partition partition, Optional<Position> after)
      throws InterruptedException {
    List<Page> pages = new ArrayList<>();
    try (Cursor<Page> cursor = reader.read(partition, after)) {
      for (Optional<Page> page = cursor.next(); page.isPresent(); page = cursor.next()) {
        pages.add(page.get());
      }
      assertThat(cursor.next()).as("next() after the end").isEmpty();
    }
    return pages;
  }

  static List<Row> read(BulkReader reader, Request request, int parts) throws InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Partition partition : reader.plan(request, parts)) {
      for (Page page : pages(reader, partition, Optional.empty())) {
        assertThat(page.unreadable()).as("unreadable records").isEmpty();
        rows.addAll(page.rows());
      }
    }
    return rows;
  }

  /** Writes in batches no larger than the connection takes. */
  List<Outcome> write(Connection connection, Dataset dataset, Mode mode, List<Mutation> mutations)
      throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Batch batch : batches(connection, dataset, mode, mutations)) {
      outcomes.addAll(write(connection, batch));
    }
    return outcomes;
  }

  List<Batch> batches(Connection connection, Dataset dataset, Mode mode, List<Mutation> mutations) {
    int most = connection.limits(dataset.id()).batchRows();
    List<Batch> all = new ArrayList<>();
    for (int from = 0; from < mutations.size(); from += most) {
      List<Mutation> part = mutations.subList(from, Math.min(mutations.size(), from + most));
      all.add(batch(dataset, mode, part));
    }
    return all;
  }

  synchronized Batch batch(Dataset dataset, Mode mode, List<Mutation> mutations) {
    return new Batch(
        "batch-" + ++batches, dataset.id(), dataset.key(), mode, mutations, Optional.empty());
  }

  static List<Outcome> write(Connection connection, Batch batch) throws InterruptedException {
    List<Outcome> outcomes = writer(connection).write(batch);
    assertThat(outcomes).as("one outcome for each mutation").hasSameSizeAs(batch.mutations());
    return outcomes;
  }

  static List<Mutation> upserts(Dataset dataset, List<Row> rows) {
    return rows.stream()
        .<Mutation>map(row -> new Mutation.Upsert(row.key(dataset.key()), row))
        .toList();
  }

  /** The mode this writer is tried with: upsert if it can, else append. */
  static Mode mode(Connection connection, Dataset dataset) throws InterruptedException {
    Set<Writer.Ability> abilities = writer(connection).abilities(dataset.id());
    assertThat(abilities)
        .as("a writer can upsert or append")
        .containsAnyOf(Writer.Ability.UPSERT, Writer.Ability.APPEND);
    return abilities.contains(Writer.Ability.UPSERT) ? Mode.UPSERT : Mode.APPEND;
  }

  void holds(Dataset dataset, List<Row> expected) {
    assertThat(Shown.rows(dataset, harness.rows(dataset)))
        .as("what the system holds")
        .containsExactlyInAnyOrderElementsOf(Shown.rows(dataset, expected));
  }

  @Override
  public void close() throws IOException {
    open.forEach(Connection::close);
    harness.close();
  }

  void close(Connection connection) {
    open.remove(connection);
    connection.close();
  }
}
