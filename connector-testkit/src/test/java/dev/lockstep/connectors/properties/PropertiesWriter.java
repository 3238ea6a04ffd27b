package dev.lockstep.connectors.properties;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;

/** Changes entries: reads the file, applies a batch, replaces the file. */
final class PropertiesWriter implements Writer {
  private final PropertiesFile file;

  PropertiesWriter(PropertiesFile file) {
    this.file = file;
  }

  @Override
  public Set<Ability> abilities(DatasetId dataset) {
    return EnumSet.of(Ability.UPSERT, Ability.DELETE, Ability.COMPARES);
  }

  /** Several threads may write; each takes its turn with the whole file. */
  @Override
  public synchronized List<Outcome> write(Batch batch) {
    file.require(batch.dataset());
    if (batch.mode() == Mode.APPEND) {
      throw new ConnectorException(
          new Failure.Permanent("a key stands once in a properties file; set mode: upsert"));
    }
    NavigableMap<String, String> entries = file.load();
    List<Outcome> outcomes = new ArrayList<>();
    for (Mutation mutation : batch.mutations()) {
      String key = mutation.key().parts().getFirst().toString();
      outcomes.add(
          switch (mutation) {
            case Mutation.Upsert upsert -> put(entries, key, upsert.row());
            case Mutation.Delete _ ->
                entries.remove(key) == null ? Outcome.UNCHANGED : Outcome.APPLIED;
            case Mutation.Move move ->
                throw new IllegalArgumentException("no moves are taken: " + move);
          });
    }
    if (outcomes.contains(Outcome.APPLIED)) {
      file.save(entries);
    }
    return outcomes;
  }

  private static Outcome put(NavigableMap<String, String> entries, String key, Row row) {
    for (String field : row.schema().names()) {
      if (!field.equals("key") && !field.equals("value")) {
        return new Outcome.Rejected("there is no field '" + field + "'", "map key and value only");
      }
    }
    Object value = row.get("value") == Row.ABSENT ? entries.get(key) : row.get("value");
    if (value == null) {
      return new Outcome.Rejected("a property cannot be null", "map a text, or delete the record");
    }
    return value.equals(entries.put(key, value.toString())) ? Outcome.UNCHANGED : Outcome.APPLIED;
  }
}
