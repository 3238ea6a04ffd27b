package dev.lockstep.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.batch.BatchTasks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Imports are made with the rights of who sent them, entry by entry. */
final class ImportRightsTest {
  private static final String TASKS = "/o/headless-batch-engine/v1.0/import-task";
  private static final String TICKETS =
      TASKS
          + "/com.liferay.object.rest.dto.v1_0.ObjectEntry?taskItemDelegateName=C_Ticket"
          + "&importStrategy=ON_ERROR_CONTINUE";
  private static final String UPSERT = TICKETS + "&createStrategy=UPSERT";

  @TempDir private Path folder;

  @Test
  void whatItsSenderMayNotIsNotDone() throws Exception {
    try (Company company = Company.open(folder)) {
      BatchTasks tasks = company.server.lockstep.batch().orElseThrow();
      tasks.start();
      long clara = company.ticket("clara", "{'externalReferenceCode':'C1','subject':'of Clara'}");
      company.ticket("anton", "{'externalReferenceCode':'A1','subject':'of Anton'}");

      String one = "[{'subject':'x'}]";
      company.as("guest", "POST", TICKETS, one).is(401);
      company.as("rita", "POST", TICKETS, one).is(403);
      company.as("crm", "POST", TICKETS, one).is(403);
      company.as("shop", "POST", "/o/c/tickets/batch", one).is(403);
      assertThat(imported(company, "crm", "POST", "/o/c/tickets/batch", one)).isEqualTo("1 0 0 0");
      assertThat(imported(company, "rita", "POST", UPSERT, "[{'externalReferenceCode':'N'}]"))
          .isEqualTo("0 0 0 1");
      assertThat(
              imported(
                  company,
                  "anton",
                  "POST",
                  UPSERT,
                  "[{'externalReferenceCode':'A1','subject':'changed'},"
                      + "{'externalReferenceCode':'A2','subject':'new'},"
                      + "{'externalReferenceCode':'A2','subject':'newer'},"
                      + "{'externalReferenceCode':'C1','subject':'taken'},"
                      + "{'subject':'refers','r_filed_c_customerERC':'ACME'}]"))
          .isEqualTo("1 2 0 2");
      assertThat(
              imported(
                  company, "anton", "PUT", TICKETS, "[{'id':" + clara + ",'subject':'taken'}]"))
          .isEqualTo("0 0 0 1");
      assertThat(
              imported(
                  company,
                  "anton",
                  "DELETE",
                  TICKETS,
                  "[{'externalReferenceCode':'A2'},{'externalReferenceCode':'C1'}]"))
          .isEqualTo("0 0 1 1");
      assertThat(
              imported(
                  company,
                  "clara",
                  "POST",
                  TICKETS,
                  "[{'subject':'a'},{'subject':'b','r_filed_c_customerERC':'ACME'}]"))
          .isEqualTo("1 0 0 1");
      assertThat(
              company
                  .get("adam", "/o/c/tickets/" + clara)
                  .is(200)
                  .json()
                  .path("subject")
                  .asString())
          .isEqualTo("of Clara");

      JsonNode own = company.get("anton", TASKS).is(200).json();
      assertThat(own.path("totalCount").longValue()).isEqualTo(3);
      long other =
          company.get("clara", TASKS).is(200).json().path("items").get(0).path("id").longValue();
      company.get("anton", TASKS + "/" + other).is(404);
      company.as("anton", "POST", TASKS + "/" + other + "/cancel", "").is(404);
      company.get("adam", TASKS + "/" + other).is(200);
    }
  }

  @Test
  void whatIsKeptWholeIsExportedToAdministratorsOnly() throws Exception {
    String export =
        "/o/headless-batch-engine/v1.0/export-task/"
            + "com.liferay.headless.admin.workflow.dto.v1_0.WorkflowDefinition/JSON";
    try (Company company = Company.open(folder)) {
      company.as("guest", "POST", export, "").is(401);
      for (String caller : new String[] {"anton", "clara", "rita"}) {
        company.as(caller, "POST", export, "").is(403);
      }
      company.as("adam", "POST", export, "").is(202);
    }
  }

  /** How many entries were created, updated, deleted, and how many items failed. */
  private static String imported(
      Company company, String caller, String method, String path, String items) throws Exception {
    long id = company.as(caller, method, path, items).is(202).json().path("id").longValue();
    JsonNode task = company.get("adam", TASKS + "/" + id).is(200).json();
    while (!task.has("endTime")) {
      Thread.sleep(10);
      task = company.get("adam", TASKS + "/" + id).is(200).json();
    }
    return task.path("createdItemsCount")
        + " "
        + task.path("updatedItemsCount")
        + " "
        + task.path("deletedItemsCount")
        + " "
        + task.path("failedItemsCount");
  }
}
