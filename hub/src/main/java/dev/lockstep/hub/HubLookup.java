package dev.lockstep.hub;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds entries by their external reference codes. */
final class HubLookup implements Lookup {
  private final HubAccess access;

  HubLookup(HubAccess access) {
    this.access = access;
  }

  @Override
  public Map<Key, Row> find(DatasetId dataset, List<Key> keys) throws InterruptedException {
    ObjectTable table = access.table(dataset);
    List<String> codes = keys.stream().map(Key::toString).toList();
    Map<String, Entry> entries = new HashMap<>();
    access
        .read(tx -> table.find(tx, codes))
        .forEach(entry -> entries.put(entry.externalReferenceCode(), entry));
    Map<Key, Row> found = LinkedHashMap.newLinkedHashMap(entries.size());
    for (Key key : keys) {
      Entry entry = entries.get(key.toString());
      if (entry != null) {
        found.put(key, table.row(entry));
      }
    }
    return found;
  }
}
