package dev.lockstep.hub.batch;

import static dev.lockstep.hub.batch.BatchServer.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.batch.BatchServer.Answered;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of the class names that archives of Liferay's hold besides entries. */
class OtherClassesTest {
  private static final String ADMIN = TASKS + "/com.liferay.object.admin.rest.dto.v1_0.";
  private static final String USERS = TASKS + "/com.liferay.headless.admin.user.dto.v1_0.";

  @TempDir Path folder;
  private BatchServer server;

  @BeforeEach
  void open() throws Exception {
    server = new BatchServer(folder);
    server.define();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Answered done(String path, String body) throws Exception {
    return server.over(server.send("POST", path, body).is(202));
  }

  @Test
  void usersAreEntriesToWhichOthersRefer() throws Exception {
    String users =
        "[{'externalReferenceCode': 'ann', 'id': 77, 'givenName': 'Ann', 'roles': [{'a': 1}]}]";
    assertThat(done(USERS + "UserAccount", users).text("executeStatus")).isEqualTo("COMPLETED");
    String relation =
        "[{'externalReferenceCode': 'U2T', 'name': 'userToTicket', 'type': 'oneToMany',"
            + " 'label': {'en_US': 'U'}, 'objectDefinitionExternalReferenceCode1': 'L_USER',"
            + " 'objectDefinitionExternalReferenceCode2': 'TICKET'}]";
    String path = ADMIN + "ObjectRelationship?createStrategy=INSERT&externalReferenceCode=L_USER";
    assertThat(done(path, relation).number("createdItemsCount")).isEqualTo(1);
    Answered ticket =
        server
            .send("POST", "/o/c/tickets", "{'subject': 'S', 'r_userToTicket_userERC': 'ann'}")
            .is(200);
    assertThat(ticket.text("r_userToTicket_userERC")).isEqualTo("ann");
    // The code is the definition's, not the task's own: sent again it is done again.
    Answered again = done(path, relation);
    assertThat(again.text("executeStatus")).isEqualTo("FAILED");
    assertThat(again.text("errorMessage")).contains("U2T").contains("UPSERT");
  }

  @Test
  void whatRefersToALaterItemIsTakenInTheEnd() throws Exception {
    String two =
        "[{'externalReferenceCode': 'ONE', 'name': 'One', 'label': {'en_US': 'One'},"
            + " 'pluralLabel': {'en_US': 'Ones'}, 'objectFields': [{'name': 'kind',"
            + " 'businessType': 'Picklist', 'label': {'en_US': 'Kind'},"
            + " 'listTypeDefinitionExternalReferenceCode': 'KINDS'}]}]";
    assertThat(done(ADMIN + "ObjectDefinition", two).text("errorMessage")).contains("KINDS");
    done(
        TASKS + "/com.liferay.headless.admin.list.type.dto.v1_0.ListTypeDefinition",
        "[{'externalReferenceCode': 'KINDS', 'name': 'Kinds'}]");
    assertThat(done(ADMIN + "ObjectDefinition", two).text("executeStatus")).isEqualTo("COMPLETED");
  }

  @Test
  void whatHasNoMeaningHereIsKeptAndTheTaskSaysSo() throws Exception {
    String path = TASKS + "/com.liferay.headless.admin.workflow.dto.v1_0.WorkflowDefinition";
    Answered kept = done(path, "[{'name': 'Approval', 'content': {'deep': [1]}}]");
    assertThat(kept.text("executeStatus")).isEqualTo("COMPLETED");
    assertThat(kept.text("remark")).contains("kept whole");
    assertThat(server.send("POST", TASKS + "/Nonsense", "[{}]").status()).isEqualTo(400);
  }
}
