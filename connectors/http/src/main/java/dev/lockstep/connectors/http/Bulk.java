package dev.lockstep.connectors.http;

import dev.lockstep.connectors.http.Resource.Shape;
import dev.lockstep.connectors.http.Resource.Verb;
import java.util.Optional;
import java.util.Set;

/**
 * A call that writes many records.
 *
 * @param shape where the array goes in the body, and the fields left out of its records
 * @param results where the outcomes are in the answer; when absent, a 2xx says that all was applied
 */
record Bulk(
    String setting,
    Verb verb,
    Template path,
    int rows,
    Shape shape,
    Optional<FieldPath> results,
    boolean matchByKey,
    Optional<FieldPath> status,
    Set<String> ok,
    Optional<FieldPath> message) {
  Verdicts.Deed deed() {
    return setting.endsWith(".batchDelete") ? Verdicts.Deed.DELETE : Verdicts.Deed.UPSERT;
  }

  @Override
  public String toString() {
    return verb + " " + path;
  }
}
