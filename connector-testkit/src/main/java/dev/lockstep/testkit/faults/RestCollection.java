package dev.lockstep.testkit.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records of one resource of {@link RestTarget}, with all that was ever written to each.
 * Thread-safe.
 */
public final class RestCollection {
  private final String name;
  private final String keyField;
  private final RestStorage storage;
  private final TreeMap<String, ObjectNode> records = new TreeMap<>();
  private final Map<String, List<String>> histories = new LinkedHashMap<>();
  private long appended;

  RestCollection(String name, String keyField, RestStorage storage) {
    this.name = name;
    this.keyField = keyField;
    this.storage = storage;
  }

  String keyField() {
    return keyField;
  }

  /** What is there now, as JSON by key, in the order of the keys. */
  public synchronized Map<String, String> contents() {
    Map<String, String> contents = new LinkedHashMap<>();
    records.forEach((key, record) -> contents.put(key, record.toString()));
    return contents;
  }

  /** The keys of all records that were ever there, in the order of their first write. */
  public synchronized List<String> keys() {
    return List.copyOf(histories.keySet());
  }

  /** Every state one record was ever given, in order; a deletion is {@code deleted}. */
  public synchronized List<String> history(String key) {
    return List.copyOf(histories.getOrDefault(key, List.of()));
  }

  /** How many writes changed something here. */
  public synchronized long writes() {
    return histories.values().stream().mapToLong(List::size).sum();
  }

  /** Puts records there before a test. */
  public synchronized void put(String key, ObjectNode record) {
    store(key, record);
  }

  synchronized boolean upsert(String key, ObjectNode record) {
    boolean known = records.containsKey(key);
    store(key, record);
    return known;
  }

  synchronized boolean create(String key, ObjectNode record) {
    if (records.containsKey(key)) {
      return false;
    }
    store(key, record);
    return true;
  }

  synchronized boolean merge(String key, ObjectNode part) {
    ObjectNode old = records.get(key);
    if (old == null) {
      return false;
    }
    ObjectNode merged = old.deepCopy();
    merged.setAll(part);
    store(key, merged);
    return true;
  }

  synchronized String append(ObjectNode record) {
    String key = String.format(Locale.ROOT, "%012d", ++appended);
    store(key, record);
    return key;
  }

  synchronized boolean delete(String key) {
    if (records.remove(key) == null) {
      return false;
    }
    histories.computeIfAbsent(key, unused -> new ArrayList<>()).add("deleted");
    storage.deleted(name, key);
    return true;
  }

  synchronized Optional<ObjectNode> get(String key) {
    return Optional.ofNullable(records.get(key));
  }

  /** The records after a key, at or after a moment in {@code updatedAt}. */
  synchronized List<ObjectNode> after(String key, Optional<String> since) {
    return records.tailMap(key, false).values().stream()
        .filter(record ->
            since.isEmpty() || record.path("updatedAt").asString("").compareTo(since.get()) >= 0)
        .toList();
  }

  void restore(String key, Optional<ObjectNode> record) {
    record.ifPresentOrElse(present -> records.put(key, present), () -> records.remove(key));
    appended = key.matches("[0-9]{12}") ? Math.max(appended, Long.parseLong(key)) : appended;
  }

  private void store(String key, ObjectNode record) {
    records.put(key, record);
    histories.computeIfAbsent(key, unused -> new ArrayList<>()).add(record.toString());
    storage.stored(name, key, record);
  }
}
