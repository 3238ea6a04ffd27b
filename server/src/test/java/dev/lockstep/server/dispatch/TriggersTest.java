package dev.lockstep.server.dispatch;

import static dev.lockstep.server.dispatch.Served.EXPORT;
import static dev.lockstep.server.dispatch.Served.TRIGGERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Triggers over Liferay's API, and the log of what is asked of them. */
class TriggersTest {
  private static final String BATCH = "/o/headless-batch-engine/v1.0";

  @TempDir Path folder;

  @Test
  void aTriggerIsAddedChangedAndRemoved() throws Exception {
    try (Served served = Served.open(folder).withBooks(0)) {
      long id = served.export("nightly", ",'externalReferenceCode':'NIGHT','note':{'kept':[1]}");
      JsonNode added = served.trigger(id);
      assertThat(added.path("active").booleanValue()).isFalse();
      assertThat(added.path("timeZoneId").asString()).isEqualTo("UTC");
      assertThat(added.path("note").toString()).isEqualTo("{\"kept\":[1]}");
      assertThat(Served.status(added)).isEqualTo("never-ran");
      assertThat(added.has("nextFireDate")).isFalse();

      JsonNode patched =
          served
              .send(
                  "PATCH",
                  TRIGGERS + "/" + id,
                  "{'active':true,'cronExpression':'0 0 2 1 1 ? 2099','timeZoneId':'Asia/Tokyo'}")
              .is(200)
              .json();
      assertThat(patched.path("nextFireDate").asString()).isEqualTo("2098-12-31T17:00:00Z");
      assertThat(patched.path("name").asString()).isEqualTo("nightly");

      // What was shown can be sent again, and changes nothing.
      served.send("PUT", TRIGGERS + "/" + id, patched.toString()).is(200);
      JsonNode again = served.trigger(id);
      assertThat(again.path("nextFireDate")).isEqualTo(patched.path("nextFireDate"));
      assertThat(again.path("note")).isEqualTo(added.path("note"));

      String coded = TRIGGERS + "/by-external-reference-code/";
      served.send("PUT", coded + "NIGHT", "{'name':'renamed'," + EXPORT + "}").is(200);
      assertThat(served.get(coded + "NIGHT").is(200).json().path("id").longValue()).isEqualTo(id);
      assertThat(served.trigger(id).has("note")).as("PUT replaces").isFalse();
      served.send("PUT", coded + "NEW", "{'name':'another'," + EXPORT + "}").is(200);
      assertThat(served.get(TRIGGERS).is(200).json().path("totalCount").intValue()).isEqualTo(2);
      assertThat(
              served.get(TRIGGERS + "?pageSize=1&page=2").is(200).json().path("items").toString())
          .contains("\"NEW\"")
          .doesNotContain("NIGHT");

      served.send("DELETE", TRIGGERS + "/" + id, "").is(204);
      served.get(TRIGGERS + "/" + id).is(404);
      served.get(coded + "NIGHT").is(404);
      served.send("DELETE", TRIGGERS + "/" + id, "").is(404);
      served.send("POST", TRIGGERS + "/" + id + "/run", "").is(404);
    }
  }

  @Test
  void whatIsAskedForIsCarriedOutAndLogged() throws Exception {
    try (Served served = Served.open(folder).withBooks(3)) {
      long id = served.export("books", "");
      JsonNode asked = served.send("POST", TRIGGERS + "/" + id + "/run", "").is(200).json();
      assertThat(asked.path("trigger").asString()).isEqualTo("request");
      JsonNode run = served.ended(id, 1).getFirst();

      assertThat(run.path("id")).isEqualTo(asked.path("id"));
      assertThat(run.path("status").toString())
          .isEqualTo("{\"code\":2,\"label\":\"successful\",\"label_i18n\":\"Successful\"}");
      assertThat(run.path("error").asString()).isEmpty();
      assertThat(run.path("runTime").isIntegralNumber()).isTrue();
      assertThat(served.get("/o/dispatch-rest/v1.0/dispatch-logs/" + run.path("id")).is(200).json())
          .isEqualTo(run);
      assertThat(Served.status(served.trigger(id))).isEqualTo("successful");
      JsonNode task =
          served
              .get(BATCH + "/export-task/by-external-reference-code/dispatch-" + run.path("id"))
              .is(202)
              .json();
      assertThat(task.path("processedItemsCount").intValue()).isEqualTo(3);
      assertThat(run.path("output").asString())
          .contains("export task " + task.path("id") + ", 3 items");
    }
  }

  @Test
  void aSyncIsRun() throws Exception {
    try (Served served = Served.open(folder)) {
      served.partner("P1");
      long id =
          served
              .send(
                  "POST",
                  TRIGGERS,
                  "{'name':'bring','dispatchTaskExecutorType':'sync',"
                      + "'dispatchTaskSettings':{'sync':'partners','full':'true'}}")
              .is(200)
              .json()
              .path("id")
              .longValue();
      served.send("POST", TRIGGERS + "/" + id + "/run", "").is(200);
      JsonNode run = served.ended(id, 1).getFirst();

      assertThat(Served.status(run)).as(run.toString()).isEqualTo("failed");
      assertThat(run.path("error").asString()).as("there is no such table").contains("partners");

      served.makeReports();
      served.send("POST", TRIGGERS + "/" + id + "/run", "").is(200);
      run = served.ended(id, 2).getLast();
      assertThat(Served.status(run)).as(run.toString()).isEqualTo("successful");
      List<String> requested = new ArrayList<>();
      for (JsonNode each : served.get("/api/v1/syncs/partners/runs").is(200).json().path("items")) {
        if (each.path("cause").asString().equals("request")) {
          requested.add("run " + each.path("id") + " of partners: 1 read");
        }
      }
      assertThat(requested).hasSize(1);
      assertThat(run.path("output").asString()).startsWith(requested.getFirst());
    }
  }

  @Test
  void anActionIsAskedFor() throws Exception {
    try (Served served = Served.open(folder).withBooks(1)) {
      served
          .send(
              "POST",
              "/o/object-admin/v1.0/object-definitions/by-external-reference-code/BOOK"
                  + "/object-actions",
              "{'name':'stamp','label':{'en_US':'stamp'},'objectActionTriggerKey':'standalone',"
                  + "'objectActionExecutorKey':'update-object-entry','parameters':{"
                  + "'objectDefinitionExternalReferenceCode':'BOOK','predefinedValues':[{"
                  + "'name':'title','inputAsValue':true,'value':'Stamped'}]}}")
          .is(200);
      String settings =
          "{'name':'stamping','dispatchTaskExecutorType':'object-action','dispatchTaskSettings':{"
              + "'objectDefinitionExternalReferenceCode':'BOOK','objectActionName':'stamp',"
              + "'objectEntryExternalReferenceCode':'%s'}}";
      long id =
          served
              .send("POST", TRIGGERS, settings.formatted("b-0"))
              .is(200)
              .json()
              .path("id")
              .longValue();
      served.send("POST", TRIGGERS + "/" + id + "/run", "").is(200);
      JsonNode run = served.ended(id, 1).getFirst();

      assertThat(Served.status(run)).as(run.toString()).isEqualTo("successful");
      Served.until(
          "the action is carried out",
          () ->
              served
                  .get("/o/c/books/by-external-reference-code/b-0")
                  .is(200)
                  .json()
                  .path("title")
                  .asString()
                  .equals("Stamped"));
      served.send("PUT", TRIGGERS + "/" + id, settings.formatted("gone")).is(200);
      assertThat(served.send("POST", TRIGGERS + "/" + id + "/run", "").is(400).body())
          .contains("There is no entry with the external reference code gone");
    }
  }

  @Test
  void triggersAreItemsOfImportsAndExports() throws Exception {
    try (Served served = Served.open(folder).withBooks(0)) {
      String item = "{'name':'%s','externalReferenceCode':'%s'," + EXPORT + "%s}";
      List<String> items =
          List.of(
              item.formatted("one", "ONE", ",'note':7"),
              item.formatted("two", "TWO", ",'cronExpression':'never','active':true"),
              item.formatted("three", "THREE", ",'cronExpression':'0 0 2 * * ?','active':true"));
      long task =
          served
              .send(
                  "POST",
                  TRIGGERS + "/batch?createStrategy=UPSERT&importStrategy=ON_ERROR_CONTINUE",
                  "[" + String.join(",", items) + "]")
              .is(202)
              .json()
              .path("id")
              .longValue();
      JsonNode ended = over(served, BATCH + "/import-task/" + task);
      assertThat(ended.path("failedItems").size()).as(ended.toString()).isEqualTo(1);
      assertThat(ended.path("failedItems").path(0).path("message").asString())
          .contains("Unrecognized cron 'never'");
      assertThat(served.get(TRIGGERS).json().path("totalCount").intValue()).isEqualTo(2);

      long export =
          served
              .send("POST", TRIGGERS + "/export-batch?contentType=JSONT", "{}")
              .is(202)
              .json()
              .path("id")
              .longValue();
      JsonNode exported = over(served, BATCH + "/export-task/" + export);
      assertThat(exported.path("executeStatus").asString()).isEqualTo("COMPLETED");
      assertThat(exported.path("processedItemsCount").intValue()).isEqualTo(2);
    }
  }

  private static JsonNode over(Served served, String task) throws Exception {
    Served.until(
        "the task is over",
        () -> {
          String status = served.get(task).json().path("executeStatus").asString();
          return status.equals("COMPLETED") || status.equals("FAILED");
        });
    return served.get(task).json();
  }
}
