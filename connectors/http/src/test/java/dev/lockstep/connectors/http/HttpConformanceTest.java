package dev.lockstep.connectors.http;

import dev.lockstep.testkit.Behaviour;
import dev.lockstep.testkit.ConnectorConformance;
import dev.lockstep.testkit.Harness;
import java.util.Map;

/** One record a call, pages by number. */
class HttpConformanceTest extends ConnectorConformance {
  private static final String CALLS =
      """
      list: {get: "/NAME?page={page}&size={size}", items: items, until: lastPage, size: 7}
      get: "/NAME/{id}"
      upsert: {put: "/NAME/{id}", absent: refuse}
      delete: {delete: "/NAME/{id}"}
      """;

  @Override
  protected Harness harness() {
    return new HttpHarness(
        CALLS,
        Map.of(
            Behaviour.KEEPS_ABSENT, "PUT replaces a record whole",
            Behaviour.READS_SINCE, "this API's list has no parameter for it"));
  }
}
