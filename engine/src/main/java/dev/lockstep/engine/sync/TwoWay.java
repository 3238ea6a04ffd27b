package dev.lockstep.engine.sync;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What makes of two syncs, there and back between the same datasets, one that keeps both equal.
 *
 * @param name what a person calls it: the name of the sync there
 * @param back whether this is the sync back
 * @param policy who wins a conflict
 * @param fields who wins single fields of it, by their names on the side named second
 * @param modifiedFrom the field in which the side named first keeps when a record was changed
 * @param modifiedTo the same on the side named second
 */
public record TwoWay(
    String name,
    boolean back,
    ConflictPolicy policy,
    Map<String, ConflictPolicy> fields,
    Optional<String> modifiedFrom,
    Optional<String> modifiedTo) {
  /** What the name of the sync back ends with. */
  public static final String BACK = ".back";

  public TwoWay {
    fields = Map.copyOf(new TreeMap<>(fields));
    if (fields.containsValue(ConflictPolicy.MERGE)) {
      throw new IllegalArgumentException("a single field cannot be merged");
    }
  }

  /** Without anything said of single fields or times. */
  public static TwoWay of(String name, ConflictPolicy policy) {
    return new TwoWay(name, false, policy, Map.of(), Optional.empty(), Optional.empty());
  }

  /** The same, for the sync back. */
  public TwoWay returning() {
    return new TwoWay(name, true, policy, fields, modifiedFrom, modifiedTo);
  }
}
