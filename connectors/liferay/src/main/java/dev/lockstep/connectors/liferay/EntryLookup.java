package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds entries by their external reference codes, each with a call of its own. */
final class EntryLookup implements Lookup {
  private final Remote remote;
  private final Catalog catalog;

  EntryLookup(Remote remote, Catalog catalog) {
    this.remote = remote;
    this.catalog = catalog;
  }

  @Override
  public Map<Key, Row> find(DatasetId dataset, List<Key> keys) throws InterruptedException {
    ObjectShape shape = catalog.require(dataset);
    Map<Key, Row> found = new LinkedHashMap<>();
    for (Key key : keys) {
      Optional<JsonNode> entry = remote.find(shape.entry(key.part(0).toString()));
      if (entry.isPresent()) {
        found.put(key, row(shape, entry.get()));
      }
    }
    return found;
  }

  private static Row row(ObjectShape shape, JsonNode entry) {
    return switch (EntryRows.read(shape, entry)) {
      case EntryRows.Read.Good(Row row) -> row;
      case EntryRows.Read.Bad(var why) ->
          throw new ConnectorException(
              new Failure.Permanent(why.place() + ": " + why.fault() + "; " + why.remedy()));
    };
  }
}
