package dev.lockstep.connectors.file;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.testkit.TestSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A folder opened as a user would, and what reading it gave. */
final class Opened implements AutoCloseable {
  private final Connection connection;
  final List<Row> rows = new ArrayList<>();
  final List<String> places = new ArrayList<>();
  final List<Unreadable> unreadable = new ArrayList<>();

  private Opened(Connection connection) {
    this.connection = connection;
  }

  static Opened folder(Path folder, Map<String, ?> settings) {
    return folder(folder, InstantSource.system(), settings);
  }

  static Opened folder(Path folder, InstantSource clock, Map<String, ?> settings) {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.put("path", ".");
    FileConnector connector = new FileConnector();
    Settings read = TestSettings.of(connector.spec(), all);
    if (!connector.validate(read).isEmpty()) {
      throw new AssertionError(connector.validate(read));
    }
    ConnectorContext context =
        new ConnectorContext(
            "files", "here", folder, folder, clock, new Random(1), System.getLogger("files"));
    return new Opened(connector.open(read, context));
  }

  /** One dataset of the name {@code d}. */
  static Opened dataset(Path folder, Map<String, ?> block) {
    return folder(folder, Map.of("datasets", Map.of("d", block)));
  }

  Connection connection() {
    return connection;
  }

  /** Reads a dataset in pages of three. */
  Opened read(String dataset) throws InterruptedException {
    return read(new Request(new DatasetId(dataset), List.of(), Optional.empty(), 3));
  }

  Opened read(Request request) throws InterruptedException {
    BulkReader reader = connection.bulkReader().orElseThrow();
    for (Partition partition : reader.plan(request, 4)) {
      Optional<Position> none = Optional.empty();
      try (Cursor<Page> cursor = reader.read(partition, none)) {
        for (Optional<Page> page = cursor.next(); page.isPresent(); page = cursor.next()) {
          rows.addAll(page.get().rows());
          for (int i = 0; i < page.get().rows().size(); i++) {
            places.add(page.get().places().of(i));
          }
          unreadable.addAll(page.get().unreadable());
        }
      }
    }
    return this;
  }

  List<String> shown() {
    return rows.stream().map(Row::toString).toList();
  }

  List<String> faults() {
    return unreadable.stream().map(each -> each.place() + ": " + each.fault()).toList();
  }

  @Override
  public void close() {
    connection.close();
  }
}
