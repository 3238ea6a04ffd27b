package dev.lockstep.connectors.http;

import dev.lockstep.testkit.Behaviour;
import dev.lockstep.testkit.ConnectorConformance;
import dev.lockstep.testkit.Harness;
import java.util.Map;

/** Creating and updating are different calls, appending is a third; pages by link header. */
class HttpPairConformanceTest extends ConnectorConformance {
  private static final String CALLS =
      """
      list: {get: "/NAME?style=link&size=7", paging: link}
      get: "/NAME/{id}"
      create: {post: "/NAME"}
      update: {patch: "/NAME/{id}"}
      delete: {delete: "/NAME/{id}"}
      append: {post: "/NAME", deduplicates: true}
      """;

  @Override
  protected Harness harness() {
    return new HttpHarness(
        CALLS, Map.of(Behaviour.READS_SINCE, "this API's list has no parameter for it"));
  }
}
