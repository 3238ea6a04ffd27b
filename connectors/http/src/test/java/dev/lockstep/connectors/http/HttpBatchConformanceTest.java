package dev.lockstep.connectors.http;

import dev.lockstep.testkit.Behaviour;
import dev.lockstep.testkit.ConnectorConformance;
import dev.lockstep.testkit.Harness;
import java.util.Map;

/** Many records a call with an outcome for each, pages by cursor, several keys in one lookup. */
class HttpBatchConformanceTest extends ConnectorConformance {
  private static final String CALLS =
      """
      list: {get: "/NAME?after={cursor}&limit={size}", items: data.records, next: paging.next, size: 7}
      get: "/NAME/{id}"
      batch:
        post: "/NAME/batch"
        rows: 5
        items: items
        results: results
        status: status
        message: error.message
        match: key
        absent: refuse
      batchDelete: {post: "/NAME/batch-delete", rows: 5, items: items, results: results, status: status}
      """;

  @Override
  protected Harness harness() {
    return new HttpHarness(
        CALLS,
        Map.of(
            Behaviour.KEEPS_ABSENT, "the batch call replaces records whole",
            Behaviour.READS_SINCE, "this API's list has no parameter for it"));
  }
}
