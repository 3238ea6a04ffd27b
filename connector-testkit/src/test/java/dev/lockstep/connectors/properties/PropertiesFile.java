package dev.lockstep.connectors.properties;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.TreeMap;

/** The file: its one dataset, and its entries in the order of their keys. */
record PropertiesFile(Path path) {
  private static final Schema SCHEMA =
      Schema.of(
          new Field("key", Type.Text.unlimited(), false),
          new Field("value", Type.Text.unlimited(), false));

  /** The dataset has the name of the file. */
  Dataset dataset() {
    return new Dataset(new DatasetId(path.getFileName().toString()), SCHEMA, List.of("key"), false);
  }

  /** Refuses any dataset but the one there is. */
  void require(DatasetId id) {
    if (!id.equals(dataset().id())) {
      throw new ConnectorException(
          new Failure.Permanent("there is no dataset " + id + ", only " + dataset().id()));
    }
  }

  static Row row(String key, String value) {
    return Row.of(SCHEMA, key, value);
  }

  NavigableMap<String, String> load() {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(path)) {
      properties.load(in);
    } catch (IOException e) {
      throw unreachable(e);
    }
    NavigableMap<String, String> entries = new TreeMap<>();
    properties.forEach((key, value) -> entries.put(key.toString(), value.toString()));
    return entries;
  }

  /** Replaces the file as a whole, so that no reader ever sees half of it. */
  void save(NavigableMap<String, String> entries) {
    Properties properties = new Properties();
    properties.putAll(entries);
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try {
      try (Writer out = Files.newBufferedWriter(next)) {
        properties.store(out, null);
      }
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private ConnectorException unreachable(IOException e) {
    return new ConnectorException(
        Failure.Transient.of(path + " cannot be used now: " + e.getMessage()), e);
  }
}
