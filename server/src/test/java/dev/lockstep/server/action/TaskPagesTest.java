package dev.lockstep.server.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Batch tasks as the server's own API, its pages, its status and its metrics tell them. */
class TaskPagesTest {
  private static final String IMPORT =
      "/o/headless-batch-engine/v1.0/import-task/com.liferay.object.rest.dto.v1_0.ObjectEntry"
          + "?taskItemDelegateName=C_Ticket&importStrategy=ON_ERROR_CONTINUE";

  @TempDir private Path folder;

  @Test
  void tellHowTasksStandAndWhatFailedInOne() throws Exception {
    try (Served served = Served.open(folder, true).withTickets()) {
      assertThat(served.get("/tasks").is(200).body()).contains("None. Imports and exports");
      String items = "[{'number': 1}, {'number': '<b>many</b>'}]";
      long id = served.send("POST", IMPORT, items).is(202).json().path("id").longValue();
      served.send("POST", "/o/c/tickets/export-batch", "").is(202);
      String task = "/api/v1/tasks/" + id;
      Served.until("both ended", () -> underWay(served) == 0);

      JsonNode all = served.get("/api/v1/tasks").is(200).json().path("items");
      assertThat(all.valueStream().map(it -> it.path("kind").asString()))
          .containsExactly("export", "import");
      JsonNode failing = served.get("/api/v1/tasks?failures=true").is(200).json().path("items");
      assertThat(failing.valueStream().map(it -> it.path("id").longValue())).containsExactly(id);
      JsonNode one = served.get(task).is(200).json();
      assertThat(one.path("state").asString()).isEqualTo("completed");
      assertThat(one.path("failedItems").get(0).path("index").longValue()).isEqualTo(2);

      assertThat(served.get("/tasks").is(200).body())
          .contains("href=\"/tasks/" + id + "\"")
          .contains("2 items, 1 created, 1 failed");
      assertThat(served.get("/tasks?which=failures").is(200).body()).doesNotContain("export ");
      String page = served.get("/tasks/" + id).is(200).body();
      assertThat(page)
          .contains("&lt;b&gt;many")
          .contains("/tasks/" + id + "/retry")
          .contains("/failed-items/report")
          .doesNotContain("<b>many")
          .doesNotContain("/cancel");
      assertThat(served.send("POST", "/tasks/" + id + "/cancel", "").is(200).body())
          .contains("task " + id + " is over");
      assertThat(served.send("POST", "/tasks/" + id + "/retry", "").is(200).body())
          .contains("taken up again");
      served.get("/tasks/9").is(404);
      served.get("/tasks/x").is(404);
      served.get("/conflicts").is(200);
      served.get("/conflicts/1").is(404);

      String metrics = served.get("/metrics").is(200).body();
      assertThat(metrics)
          .contains("lockstep_batch_tasks{kind=\"export\",state=\"completed\"} 1.0")
          .contains("lockstep_batch_items_total{kind=\"import\",outcome=\"done\"} 1.0");
    }
  }

  private static int underWay(Served served) throws Exception {
    return served.get("/api/v1/status").is(200).json().path("tasks").size();
  }
}
