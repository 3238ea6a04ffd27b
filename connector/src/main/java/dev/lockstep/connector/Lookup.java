package dev.lockstep.connector;

import java.util.List;
import java.util.Map;

/**
 * Finds records by key, for dry runs, traces and reading back what an unanswered write did.
 * Thread-safe.
 */
public interface Lookup {

  /**
   * The records that exist, by key; a key without a record is not in the answer. Counts as one
   * call.
   */
  Map<Key, Row> find(DatasetId dataset, List<Key> keys) throws InterruptedException;
}
