package dev.lockstep.hub.liferay;

import static dev.lockstep.hub.liferay.LiferayServer.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that come one after the other, as in the files that Liferay's tools write. */
class DefinitionOrderTest {
  private static final String DEFINITIONS =
      ADMIN + "/object-definitions/by-external-reference-code/";
  private static final String PARENT =
      """
      {'name': 'Application', 'label': {'en_US': 'Application'}, 'pluralLabel': {'en_US': 'Applications'},
       'objectFolderExternalReferenceCode': 'MANAGEMENT', 'status': {'code': 0},
       'objectFields': [{'name': 'business', 'businessType': 'Text', 'label': {'en_US': 'Business'}}],
       'objectRelationships': [{'name': 'applicationToEvaluations', 'type': 'oneToMany',
         'label': {'en_US': 'Evaluations'}, 'deletionType': 'prevent',
         'objectDefinitionExternalReferenceCode1': 'APPLICATION',
         'objectDefinitionExternalReferenceCode2': 'EVALUATION'}]}
      """;
  private static final String CHILD =
      """
      {'name': 'Evaluation', 'label': {'en_US': 'Evaluation'}, 'pluralLabel': {'en_US': 'Evaluations'},
       'status': {'code': 0},
       'objectFields': [{'name': 'notes', 'businessType': 'Text', 'label': {'en_US': 'Notes'}}]}
      """;

  @TempDir private Path folder;
  private LiferayServer server;

  @BeforeEach
  void open() throws Exception {
    server = new LiferayServer(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aRelationshipWaitsForADefinitionThatFollows() throws Exception {
    server.put(DEFINITIONS + "APPLICATION", PARENT).is(200);
    long parent =
        server.post("/o/c/applications", "{'externalReferenceCode': 'a', 'business': 'Eye'}").id();
    server.put(DEFINITIONS + "EVALUATION", CHILD).is(200);
    server
        .post(
            "/o/c/evaluations",
            "{'notes': 'good', 'r_applicationToEvaluations_c_applicationERC': 'a'}")
        .is(200);
    assertThat(
            server
                .get("/o/c/applications/" + parent + "/applicationToEvaluations")
                .is(200)
                .texts("items", "notes"))
        .containsExactly("good");
    server.delete("/o/c/applications/" + parent).is(409);
    // What was read can be sent again, and so can the file as it is.
    server.put(DEFINITIONS + "APPLICATION", PARENT).is(200);
    server.put(DEFINITIONS + "EVALUATION", CHILD).is(200);
    assertThat(server.get("/o/c/evaluations").is(200).texts("items", "notes"))
        .containsExactly("good");
  }

  @Test
  void aRelationshipSentAloneNamesADefinitionThatIsThere() throws Exception {
    server.put(DEFINITIONS + "EVALUATION", CHILD).is(200);
    assertThat(
            server
                .post(
                    DEFINITIONS + "EVALUATION/object-relationships",
                    "{'name': 'more', 'type': 'oneToMany', 'label': {'en_US': 'More'},"
                        + " 'objectDefinitionExternalReferenceCode2': 'MISTYPED'}")
                .is(400)
                .text("title"))
        .isEqualTo("objectDefinitionExternalReferenceCode2 names no definition");
  }

  @Test
  void aDefinitionWhoseRelationshipWaitsCanBeDeleted() throws Exception {
    long id = server.put(DEFINITIONS + "APPLICATION", PARENT).is(200).id();
    server.delete(ADMIN + "/object-definitions/" + id).is(204);
    server.put(DEFINITIONS + "EVALUATION", CHILD).is(200);
    assertThat(server.get(DEFINITIONS + "EVALUATION/object-fields").is(200).texts("items", "name"))
        .contains("notes")
        .noneMatch(it -> it.startsWith("r_"));
  }

  @Test
  void foldersAreCreatedReadChangedAndDeleted() throws Exception {
    String folders = ADMIN + "/object-folders";
    assertThat(server.get(folders).is(200).texts("items", "externalReferenceCode"))
        .containsExactly("default");
    long id =
        server
            .put(
                folders + "/by-external-reference-code/MANAGEMENT",
                "{'name': 'Management', 'label': {'en_US': 'Management'}}")
            .is(200)
            .id();
    server.patch(folders + "/" + id, "{'label': {'en_US': 'All of it'}}").is(200);
    assertThat(
            server
                .get(folders + "/by-external-reference-code/MANAGEMENT")
                .is(200)
                .json()
                .path("label")
                .path("en_US")
                .asString())
        .isEqualTo("All of it");
    server.post(folders, "{'name': 'Management'}").is(409);
    server.post(folders, "{}").is(400);
    long inside = server.put(DEFINITIONS + "APPLICATION", PARENT).is(200).id();
    assertThat(server.delete(folders + "/" + id).is(409).text("title"))
        .isEqualTo("it holds Application");
    server.delete(ADMIN + "/object-definitions/" + inside).is(204);
    server.delete(folders + "/" + id).is(204);
    server.get(folders + "/" + id).is(404);
  }
}
