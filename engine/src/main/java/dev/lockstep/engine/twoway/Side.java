package dev.lockstep.engine.twoway;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Row;
import dev.lockstep.engine.delivery.Exchange;
import dev.lockstep.engine.mapping.Mapper;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One end of a two-way sync, as it stands while it can be reached.
 *
 * @param away maps its records to the other end
 * @param writer writes here, and keeps what became of the other end's changes
 */
record Side(
    End end, Dataset dataset, Lookup lookup, BulkReader reader, Mapper away, Exchange writer) {
  private static final int KEYS_A_CALL = 500;

  /** The records that exist here. */
  Map<Key, Row> find(List<Key> keys) throws InterruptedException {
    Map<Key, Row> found = new HashMap<>();
    for (int from = 0; from < keys.size(); from += KEYS_A_CALL) {
      List<Key> some =
          new ArrayList<>(keys.subList(from, Math.min(keys.size(), from + KEYS_A_CALL)));
      found.putAll(writer.ask(() -> lookup.find(dataset.id(), some)));
    }
    return found;
  }

  /** The key that a record of this end has at the other; empty where it can have none there. */
  Optional<Key> keyAway(Key key) {
    return away.deleted(key, Optional.empty()) instanceof Mapped.Delete(Key other)
        ? Optional.of(other)
        : Optional.empty();
  }
}
