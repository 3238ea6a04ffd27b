package dev.lockstep.connectors.properties;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** An open file. */
final class PropertiesConnection implements Connection, Lookup {
  private final PropertiesFile file;
  private final PropertiesWriter writer;
  private volatile boolean closed;

  PropertiesConnection(PropertiesFile file) {
    this.file = file;
    this.writer = new PropertiesWriter(file);
  }

  @Override
  public List<Problem> check() {
    return Files.isReadable(file.path())
        ? List.of()
        : List.of(
            new Problem("file", file.path() + " cannot be read", "correct the path, or create it"));
  }

  @Override
  public List<Dataset> discover() {
    if (closed) {
      throw new IllegalStateException("the connection to " + file.path() + " is closed");
    }
    return List.of(file.dataset());
  }

  @Override
  public Optional<Dataset> describe(DatasetId id) {
    return discover().stream().filter(dataset -> dataset.id().equals(id)).findFirst();
  }

  @Override
  public Limits limits(DatasetId dataset) {
    return Limits.batches(1000);
  }

  @Override
  public Optional<BulkReader> bulkReader() {
    return Optional.of(new PropertiesReader(file));
  }

  @Override
  public Optional<Writer> writer() {
    return Optional.of(writer);
  }

  @Override
  public Optional<Lookup> lookup() {
    return Optional.of(this);
  }

  @Override
  public Map<Key, Row> find(DatasetId dataset, List<Key> keys) {
    file.require(dataset);
    NavigableMap<String, String> entries = file.load();
    Map<Key, Row> found = new HashMap<>();
    for (Key key : keys) {
      String name = key.parts().getFirst().toString();
      String value = entries.get(name);
      if (value != null) {
        found.put(key, PropertiesFile.row(name, value));
      }
    }
    return found;
  }

  @Override
  public void close() {
    closed = true;
  }
}
