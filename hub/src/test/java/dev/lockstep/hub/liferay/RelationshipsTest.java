package dev.lockstep.hub.liferay;

import static dev.lockstep.hub.liferay.LiferayServer.ADMIN;
import static dev.lockstep.hub.liferay.LiferayServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Relationships between objects, as Liferay's clients make and use them. */
class RelationshipsTest {
  @TempDir Path folder;
  private LiferayServer server;

  @BeforeEach
  void open() throws Exception {
    place();
    server = new LiferayServer(folder);
  }

  /** Says where the store is to be. */
  void place() {}

  @AfterEach
  void close() {
    server.close();
  }

  private void object(String name) throws Exception {
    long id =
        server
            .post(
                ADMIN + "/object-definitions",
                "{'externalReferenceCode': '"
                    + name
                    + "', 'name': '"
                    + name
                    + "', 'label': {'en_US': '"
                    + name
                    + "'}, 'pluralLabel': {'en_US': '"
                    + name
                    + "s'}, 'objectFields': [{'name': 'title',"
                    + " 'businessType': 'Text', 'label': {'en_US': 'Title'}}]}")
            .is(200)
            .id();
    server.post(ADMIN + "/object-definitions/" + id + "/publish", "").is(200);
  }

  private long related(String name, String type, String deletion, String first, String second)
      throws Exception {
    return server
        .post(
            ADMIN
                + "/object-definitions/by-external-reference-code/"
                + first
                + "/object-relationships",
            "{'name': '"
                + name
                + "', 'type': '"
                + type
                + "', 'deletionType': '"
                + deletion
                + "', 'label': {'en_US': '"
                + name
                + "'}, 'objectDefinitionExternalReferenceCode2': '"
                + second
                + "'}")
        .is(200)
        .id();
  }

  private long entry(String path, String body) throws Exception {
    return server.post("/o/c/" + path, body).is(200).id();
  }

  @Test
  void aChildNamesItsParentByIdOrByCode() throws Exception {
    object("Author");
    object("Novel");
    related("authorToNovels", "oneToMany", "prevent", "Author", "Novel");
    long ann = entry("authors", "{'externalReferenceCode': 'ANN', 'title': 'Ann'}");
    long one = entry("novels", "{'title': 'One', 'r_authorToNovels_c_authorERC': 'ANN'}");
    entry("novels", "{'title': 'Two', 'r_authorToNovels_c_authorId': " + ann + "}");
    entry("novels", "{'title': 'Three'}");
    var shown = server.get("/o/c/novels/" + one).is(200);
    assertThat(shown.text("r_authorToNovels_c_authorId")).isEqualTo(Long.toString(ann));
    assertThat(shown.text("r_authorToNovels_c_authorERC")).isEqualTo("ANN");
    assertThat(
            server.get("/o/c/authors/" + ann + "/authorToNovels").is(200).texts("items", "title"))
        .containsExactly("One", "Two");
    assertThat(
            server
                .get("/o/c/novels?filter=" + encoded("authorToNovels/title eq 'Ann'"))
                .is(200)
                .texts("items", "title"))
        .containsExactly("One", "Two");
    assertThat(
            server
                .get("/o/c/authors/" + ann + "?nestedFields=authorToNovels")
                .is(200)
                .texts("authorToNovels", "title"))
        .containsExactly("One", "Two");
    assertThat(
            server
                .get("/o/c/novels/" + one + "?nestedFields=authorToNovels")
                .is(200)
                .json()
                .path("r_authorToNovels_c_author")
                .path("title")
                .asString())
        .isEqualTo("Ann");
    assertThat(
            server
                .post("/o/c/novels", "{'title': 'X', 'r_authorToNovels_c_authorERC': 'BOB'}")
                .is(400)
                .text("title"))
        .contains("BOB");
    assertThat(
            server
                .post("/o/c/novels", "{'title': 'X', 'r_authorToNovels_c_authorId': 999}")
                .is(400)
                .text("title"))
        .contains("entry 999, which is not there");
    server.delete("/o/c/novels/" + one + "/authorToNovels/" + ann).is(204);
    assertThat(
            server.get("/o/c/authors/" + ann + "/authorToNovels").is(200).texts("items", "title"))
        .containsExactly("Two");
    server
        .put(
            "/o/c/authors/by-external-reference-code/ANN/authorToNovels/"
                + server.get("/o/c/novels/" + one).text("externalReferenceCode"),
            "")
        .is(200);
    assertThat(
            server.get("/o/c/authors/" + ann + "/authorToNovels").is(200).texts("items", "title"))
        .containsExactly("One", "Two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prevent", "cascade", "disassociate"})
  void aParentIsDeletedAsItsRelationshipSays(String deletion) throws Exception {
    object("Author");
    object("Novel");
    object("Page");
    related("authorToNovels", "oneToMany", deletion, "Author", "Novel");
    related("novelToPages", "oneToMany", "cascade", "Novel", "Page");
    long ann = entry("authors", "{'title': 'Ann'}");
    long one = entry("novels", "{'title': 'One', 'r_authorToNovels_c_authorId': " + ann + "}");
    entry("pages", "{'title': '1', 'r_novelToPages_c_novelId': " + one + "}");
    var deleted = server.delete("/o/c/authors/" + ann);
    long novels = server.get("/o/c/novels").json().path("totalCount").longValue();
    long pages = server.get("/o/c/pages").json().path("totalCount").longValue();
    switch (deletion) {
      case "prevent" -> {
        assertThat(deleted.is(409).text("title")).startsWith("authorToNovels is kept by entry");
        assertThat(novels + pages).isEqualTo(2);
        server.get("/o/c/authors/" + ann).is(200);
      }
      case "cascade" -> {
        deleted.is(204);
        assertThat(novels + pages).isZero();
      }
      default -> {
        deleted.is(204);
        assertThat(pages).isEqualTo(1);
        assertThat(server.get("/o/c/novels/" + one).text("r_authorToNovels_c_authorId"))
            .isEqualTo("0");
      }
    }
  }

  @Test
  void aRefusalDeepBelowLeavesEverything() throws Exception {
    object("Author");
    object("Novel");
    object("Page");
    related("authorToNovels", "oneToMany", "cascade", "Author", "Novel");
    related("novelToPages", "oneToMany", "prevent", "Novel", "Page");
    long ann = entry("authors", "{'title': 'Ann'}");
    entry("novels", "{'title': 'None', 'r_authorToNovels_c_authorId': " + ann + "}");
    long two = entry("novels", "{'title': 'Two', 'r_authorToNovels_c_authorId': " + ann + "}");
    entry("pages", "{'title': '1', 'r_novelToPages_c_novelId': " + two + "}");
    server.delete("/o/c/authors/" + ann).is(409);
    assertThat(server.get("/o/c/novels").json().path("totalCount").longValue()).isEqualTo(2);
  }

  @Test
  void manyAreJoinedToMany() throws Exception {
    object("Student");
    object("Course");
    long id = related("studentsCourses", "manyToMany", "disassociate", "Student", "Course");
    long s1 = entry("students", "{'title': 'S1'}");
    long s2 = entry("students", "{'title': 'S2'}");
    long c1 = entry("courses", "{'title': 'C1'}");
    long c2 = entry("courses", "{'title': 'C2'}");
    server.put("/o/c/students/" + s1 + "/studentsCourses/" + c1, "").is(200);
    server.put("/o/c/students/" + s1 + "/studentsCourses/" + c2, "").is(200);
    server.put("/o/c/courses/" + c1 + "/studentsCourses/" + s2, "").is(200);
    server.put("/o/c/courses/" + c1 + "/studentsCourses/" + s2, "").is(200);
    assertThat(
            server.get("/o/c/courses/" + c1 + "/studentsCourses").is(200).texts("items", "title"))
        .containsExactly("S1", "S2");
    assertThat(
            server
                .get("/o/c/students?filter=" + encoded("studentsCourses/title eq 'C2'"))
                .is(200)
                .texts("items", "title"))
        .containsExactly("S1");
    server.delete("/o/c/students/" + s1 + "/studentsCourses/" + c1).is(204);
    assertThat(
            server.get("/o/c/courses/" + c1 + "/studentsCourses").is(200).texts("items", "title"))
        .containsExactly("S2");
    server.delete("/o/c/students/" + s2).is(204);
    assertThat(
            server.get("/o/c/courses/" + c1 + "/studentsCourses").is(200).texts("items", "title"))
        .isEmpty();
    server.delete(ADMIN + "/object-relationships/" + id).is(204);
    server.get("/o/c/courses/" + c1 + "/studentsCourses").is(404);
  }
}
