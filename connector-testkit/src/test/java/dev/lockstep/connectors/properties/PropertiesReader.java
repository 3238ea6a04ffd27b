package dev.lockstep.connectors.properties;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Reads entries in the order of their keys; a position is the last key read. */
final class PropertiesReader implements BulkReader {
  private static final String VERSION = "key1:";

  private final PropertiesFile file;

  PropertiesReader(PropertiesFile file) {
    this.file = file;
  }

  @Override
  public List<Partition> plan(Request request, int parts) {
    file.require(request.dataset());
    if (request.since().isPresent()) {
      throw new ConnectorException(
          new Failure.Permanent("a properties file has no times; read it in full"));
    }
    return List.of(new Partition(request.dataset(), Integer.toString(request.pageRows())));
  }

  @Override
  public Cursor<Page> read(Partition partition, Optional<Position> after) {
    file.require(partition.dataset());
    NavigableMap<String, String> entries = file.load();
    NavigableMap<String, String> rest =
        after.map(position -> entries.tailMap(key(position), false)).orElse(entries);
    return new Pages(rest, Integer.parseInt(partition.token()));
  }

  @Override
  public boolean canReadSince(DatasetId dataset, String field) {
    return false;
  }

  private static String key(Position position) {
    if (!position.token().startsWith(VERSION)) {
      throw new ConnectorException(
          new Failure.Permanent("'" + position + "' is no position of a properties file"));
    }
    return URLDecoder.decode(position.token().substring(VERSION.length()), StandardCharsets.UTF_8);
  }

  private static Position position(String key) {
    return new Position(VERSION + URLEncoder.encode(key, StandardCharsets.UTF_8));
  }

  /** Gives out entries a page at a time. */
  private static final class Pages implements Cursor<Page> {
    private final int size;
    private NavigableMap<String, String> rest;

    Pages(NavigableMap<String, String> rest, int size) {
      this.rest = rest;
      this.size = size;
    }

    @Override
    public Optional<Page> next() throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (rest.isEmpty()) {
        return Optional.empty();
      }
      List<Map.Entry<String, String>> page = rest.entrySet().stream().limit(size).toList();
      String last = page.getLast().getKey();
      List<Row> rows =
          page.stream().map(e -> PropertiesFile.row(e.getKey(), e.getValue())).toList();
      rest = rest.tailMap(last, false);
      return Optional.of(Page.of(rows, position(last)));
    }

    @Override
    public void close() {
      rest = new TreeMap<>();
    }
  }
}
