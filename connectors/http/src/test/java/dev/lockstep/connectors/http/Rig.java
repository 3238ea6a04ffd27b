package dev.lockstep.connectors.http;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.faults.RestTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A real API and connections to it, for one test. */
final class Rig implements AutoCloseable {
  static final DatasetId THINGS = new DatasetId("things");
  static final Schema SCHEMA =
      Schema.of(
          new Field("id", Type.Text.unlimited(), false), Field.of("name", Type.Text.unlimited()));
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  final RestTarget target;
  private final List<Connection> open = new ArrayList<>();
  private InstantSource clock = InstantSource.system();
  private int batches;

  Rig() throws IOException {
    target = RestTarget.start();
  }

  Rig clock(InstantSource given) {
    clock = given;
    return this;
  }

  /** A connection to the API itself; the calls are the settings of the dataset {@code things}. */
  Connection connect(String calls) {
    return connect(target.url(), "", calls);
  }

  Connection connect(URI url, String more, String calls) {
    String yaml =
        "url: " + url + "\n" + more + "\ndatasets:\n  things:\n    key: id\n" + calls.indent(4);
    return connectWith(yaml);
  }

  Connection connectWith(String yaml) {
    ConnectorContext context =
        new ConnectorContext(
            "shop",
            "here",
            Path.of(""),
            Path.of(""),
            clock,
            new Random(1),
            System.getLogger("test"));
    Connection connection = new HttpConnector().open(Yaml.settings(yaml), context);
    open.add(connection);
    return connection;
  }

  void fill(int count) {
    for (int n = 1; n <= count; n++) {
      String id = "k%04d".formatted(n);
      ObjectNode record = MAPPER.createObjectNode().put("id", id).put("name", "name " + n);
      target
          .collection("things")
          .put(id, record.put("updatedAt", "2026-01-%02dT00:00:00Z".formatted(1 + n % 28)));
    }
  }

  static Mutation upsert(String id, String name) {
    return new Mutation.Upsert(Key.of(id), Row.of(SCHEMA, id, name));
  }

  static Mutation delete(String id) {
    return new Mutation.Delete(Key.of(id));
  }

  Batch batch(Mode mode, Mutation... mutations) {
    return new Batch(
        "batch-" + ++batches, THINGS, List.of("id"), mode, List.of(mutations), Optional.empty());
  }

  static Batch batch(String id, Mutation... mutations) {
    return new Batch(id, THINGS, List.of("id"), Mode.UPSERT, List.of(mutations), Optional.empty());
  }

  List<Outcome> write(Connection connection, Mutation... mutations) throws InterruptedException {
    return connection.writer().orElseThrow().write(batch(Mode.UPSERT, mutations));
  }

  Outcome writeOne(Connection connection, Mutation mutation) throws InterruptedException {
    return write(connection, mutation).getFirst();
  }

  static List<Page> pages(Connection connection, Request request, Optional<Position> after)
      throws InterruptedException {
    BulkReader reader = connection.bulkReader().orElseThrow();
    Partition partition = reader.plan(request, 1).getFirst();
    List<Page> pages = new ArrayList<>();
    try (Cursor<Page> cursor = reader.read(partition, after)) {
      Optional<Page> page;
      while ((page = cursor.next()).isPresent()) {
        pages.add(page.get());
      }
    }
    return pages;
  }

  static List<Page> pages(Connection connection) throws InterruptedException {
    return pages(connection, Request.all(THINGS), Optional.empty());
  }

  static List<String> ids(List<Page> pages) {
    return pages.stream()
        .flatMap(page -> page.rows().stream())
        .map(row -> String.valueOf(row.get("id")))
        .toList();
  }

  static List<String> ids(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj("k%04d"::formatted).toList();
  }

  /** The failure that the work ends with. */
  static Failure failure(ThrowingCallable work) {
    ConnectorException thrown = Assertions.catchThrowableOfType(ConnectorException.class, work);
    Assertions.assertThat(thrown).as("the work fails as a connector does").isNotNull();
    return thrown.failure();
  }

  @Override
  public void close() throws IOException {
    open.forEach(Connection::close);
    target.close();
  }
}
