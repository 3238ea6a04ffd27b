package dev.lockstep.hub.liferay;

import static dev.lockstep.hub.liferay.LiferayServer.ADMIN;
import static dev.lockstep.hub.liferay.LiferayServer.LISTS;
import static dev.lockstep.hub.liferay.LiferayServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.filter.Filter;
import dev.lockstep.hub.filter.Sort;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A client that knows nothing but the shapes of Liferay's APIs. */
class LifeCycleTest {
  private static final String STATES =
      """
      {'name': 'Application States', 'externalReferenceCode': 'STATES', 'listTypeEntries': [
        {'key': 'open', 'name': 'Open'}, {'key': 'underReview', 'name_i18n': {'en-US': 'Under Review'}},
        {'key': 'approved', 'name': 'Approved'}, {'key': 'denied', 'name': 'Denied'}]}
      """;

  private static final String APPLICATION =
      """
      {'externalReferenceCode': 'APPLICATION', 'name': 'DistributorApplication', 'scope': 'company',
       'label': {'en_US': 'Distributor Application'}, 'pluralLabel': {'en_US': 'Distributor Applications'},
       'objectFields': [
         {'name': 'businessName', 'businessType': 'Text', 'DBType': 'String', 'required': true,
          'label': {'en_US': 'Business Name'}, 'indexed': true},
         {'name': 'applicantEmailAddress', 'businessType': 'Text', 'DBType': 'String',
          'label': {'en_US': 'Email'}},
         {'name': 'yearsInBusiness', 'businessType': 'Integer', 'DBType': 'Integer', 'label': {'en_US': 'Years'}},
         {'name': 'applicationState', 'businessType': 'Picklist', 'DBType': 'String', 'state': true,
          'label': {'en_US': 'State'}, 'listTypeDefinitionExternalReferenceCode': 'STATES',
          'objectFieldSettings': [{'name': 'defaultValueType', 'value': 'inputAsValue'},
            {'name': 'defaultValue', 'value': 'open'},
            {'name': 'stateFlow', 'value': {'objectStates': [
              {'key': 'open', 'objectStateTransitions': [{'key': 'underReview'}]},
              {'key': 'underReview', 'objectStateTransitions': [{'key': 'approved'}, {'key': 'denied'}]},
              {'key': 'approved', 'objectStateTransitions': []},
              {'key': 'denied', 'objectStateTransitions': []}]}}]}],
       'objectValidationRules': [
         {'active': true, 'engine': 'ddm', 'name': {'en_US': 'Email'}, 'errorLabel': {'en_US': 'This is no email address'},
          'outputType': 'fullValidation',
          'script': 'isEmailAddress(applicantEmailAddress) OR applicantEmailAddress == \\"\\"'}]}
      """;

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

  private long application() throws Exception {
    server.post(LISTS + "/list-type-definitions", STATES).is(200);
    long id = server.post(ADMIN + "/object-definitions", APPLICATION).is(200).id();
    server.post(ADMIN + "/object-definitions/" + id + "/publish", "").is(200);
    return id;
  }

  @Test
  void aPicklistIsCreatedReadChangedAndDeleted() throws Exception {
    var made = server.post(LISTS + "/list-type-definitions", STATES).is(200);
    assertThat(made.texts("listTypeEntries", "name"))
        .containsExactly("Open", "Under Review", "Approved", "Denied");
    long id = made.id();
    long entry =
        server
            .post(
                LISTS + "/list-type-definitions/" + id + "/list-type-entries",
                "{'key': 'withdrawn', 'name': 'Withdrawn'}")
            .is(200)
            .id();
    var page = server.get(LISTS + "/list-type-definitions/" + id + "/list-type-entries").is(200);
    assertThat(page.texts("items", "key")).hasSize(5).endsWith("withdrawn");
    assertThat(page.json().path("totalCount").intValue()).isEqualTo(5);
    server.delete(LISTS + "/list-type-entries/" + entry).is(204);
    server
        .put(
            LISTS + "/list-type-definitions/by-external-reference-code/STATES",
            "{'name': 'States', 'listTypeEntries': [{'key': 'open', 'name': 'Is open'}]}")
        .is(200);
    var after = server.get(LISTS + "/list-type-definitions/" + id).is(200);
    assertThat(after.text("name")).isEqualTo("States");
    assertThat(after.texts("listTypeEntries", "id"))
        .containsExactly(made.texts("listTypeEntries", "id").getFirst());
    server.delete(LISTS + "/list-type-definitions/" + id).is(204);
    var gone = server.get(LISTS + "/list-type-definitions/" + id).is(404);
    assertThat(gone.body())
        .isEqualTo(
            "{\"status\":\"NOT_FOUND\",\"title\":\"No ListTypeDefinition exists with the primary"
                + " key "
                + id
                + "\"}");
  }

  @Test
  void aDefinitionIsCreatedAndPublished() throws Exception {
    server.post(LISTS + "/list-type-definitions", STATES).is(200);
    var made = server.post(ADMIN + "/object-definitions", APPLICATION).is(200);
    assertThat(made.json().path("status").path("label").asString()).isEqualTo("draft");
    assertThat(made.text("restContextPath")).isEqualTo("/o/c/distributorapplications");
    assertThat(made.texts("objectFields", "name"))
        .contains("id", "creator", "status", "businessName", "applicationState");
    assertThat(server.get("/o/c/distributorapplications").is(404).text("status"))
        .isEqualTo("NOT_FOUND");
    var published =
        server.post(ADMIN + "/object-definitions/" + made.id() + "/publish", "").is(200);
    assertThat(published.json().path("status").path("code").intValue()).isZero();
    assertThat(
            server
                .get(
                    ADMIN
                        + "/object-definitions?filter="
                        + encoded("name eq 'DistributorApplication'"))
                .is(200)
                .texts("items", "externalReferenceCode"))
        .containsExactly("APPLICATION");
    assertThat(
            server.get("/o/c/distributorapplications").is(200).json().path("totalCount").intValue())
        .isZero();
  }

  @Test
  void entriesAreCreatedReadChangedReplacedAndDeleted() throws Exception {
    application();
    var made =
        server
            .post(
                "/o/c/distributorapplications",
                "{'externalReferenceCode': 'EYE', 'businessName': 'Eye Spy', 'applicantEmailAddress': 'r@eye.demo',"
                    + " 'yearsInBusiness': 7}")
            .is(200);
    assertThat(made.json().path("applicationState").toString())
        .isEqualTo("{\"key\":\"open\",\"name\":\"Open\"}");
    assertThat(made.json().path("status").toString())
        .isEqualTo("{\"code\":0,\"label\":\"approved\",\"label_i18n\":\"Approved\"}");
    assertThat(made.json().path("creator").path("name").asString()).isEqualTo("tester");
    String byCode = "/o/c/distributorapplications/by-external-reference-code/EYE";
    assertThat(server.get(byCode).is(200).id()).isEqualTo(made.id());
    var patched =
        server
            .patch(
                "/o/c/distributorapplications/" + made.id(),
                "{'applicationState': {'key': 'underReview'}}")
            .is(200);
    assertThat(patched.text("businessName")).isEqualTo("Eye Spy");
    var replaced =
        server.put(byCode, "{'businessName': 'Eye', 'applicationState': 'approved'}").is(200);
    assertThat(replaced.json().path("yearsInBusiness").isNull()).isTrue();
    assertThat(replaced.json().path("applicationState").path("key").asString())
        .isEqualTo("approved");
    var other =
        server
            .put(
                "/o/c/distributorapplications/by-external-reference-code/NEW",
                "{'businessName': 'New'}")
            .is(200);
    assertThat(other.text("externalReferenceCode")).isEqualTo("NEW");
    server.delete("/o/c/distributorapplications/" + made.id()).is(204);
    assertThat(server.get("/o/c/distributorapplications/" + made.id()).is(404).text("title"))
        .isEqualTo("No ObjectEntry exists with the primary key " + made.id());
  }

  @Test
  void whatBreaksARuleIsRefusedWithTheField() throws Exception {
    application();
    String path = "/o/c/distributorapplications";
    assertThat(server.post(path, "{'yearsInBusiness': 1}").is(400).text("title"))
        .isEqualTo("businessName is required");
    assertThat(
            server
                .post(path, "{'businessName': 'A', 'applicantEmailAddress': 'none'}")
                .is(400)
                .text("title"))
        .isEqualTo("This is no email address");
    assertThat(
            server
                .post(path, "{'businessName': 'A', 'yearsInBusiness': 3000000000}")
                .is(400)
                .text("title"))
        .contains("yearsInBusiness")
        .contains("2147483647");
    assertThat(
            server
                .post(path, "{'businessName': 'A', 'applicationState': 'lost'}")
                .is(400)
                .text("detail"))
        .isEqualTo("send one of open, underReview, approved, denied");
    assertThat(server.post(path, "{'bussinessName': 'A'}").is(400).text("detail"))
        .contains("businessName");
    long id = server.post(path, "{'businessName': 'A'}").is(200).id();
    var refused = server.patch(path + "/" + id, "{'applicationState': 'approved'}").is(400);
    assertThat(refused.text("title"))
        .isEqualTo("applicationState cannot pass from 'open' to 'approved'");
    assertThat(refused.text("detail")).isEqualTo("send one of underReview");
    assertThat(server.get(path).is(200).json().path("totalCount").intValue()).isEqualTo(1);
  }

  @Test
  void listsAreFilteredSortedSearchedCountedAndPaged() throws Exception {
    application();
    String path = "/o/c/distributorapplications";
    for (int i = 1; i <= 25; i++) {
      server
          .post(
              path,
              "{'businessName': 'Business "
                  + i
                  + "', 'yearsInBusiness': "
                  + i
                  + ", 'applicationState': '"
                  + (i % 2 == 0 ? "open" : "approved")
                  + "'}")
          .is(200);
    }
    var page = server.get(path + "?page=2&pageSize=10&sort=yearsInBusiness:desc").is(200);
    assertThat(page.texts("items", "yearsInBusiness")).hasSize(10).startsWith("15");
    assertThat(page.json().path("lastPage").intValue()).isEqualTo(3);
    assertThat(page.json().path("totalCount").intValue()).isEqualTo(25);
    String filter = encoded("yearsInBusiness gt 20 and applicationState eq 'open'");
    assertThat(server.get(path + "?filter=" + filter).is(200).texts("items", "yearsInBusiness"))
        .containsExactly("22", "24");
    assertThat(
            server
                .get(path + "?search=" + encoded("business 25"))
                .is(200)
                .texts("items", "yearsInBusiness"))
        .containsExactly("25");
    var counted = server.get(path + "?aggregationTerms=applicationState&pageSize=1").is(200);
    assertThat(counted.json().path("facets").get(0).toString())
        .isEqualTo(
            "{\"facetCriteria\":\"applicationState\",\"facetValues\":["
                + "{\"numberOfOccurrences\":13,\"term\":\"approved\"},{\"numberOfOccurrences\":12,\"term\":\"open\"}]}");
    JsonNode some =
        server.get(path + "?fields=businessName,id&pageSize=1").is(200).json().path("items").get(0);
    assertThat(some.propertyNames()).containsExactlyInAnyOrder("businessName", "id");
    var wrong = server.get(path + "?filter=" + encoded("businesName eq 'x'")).is(400);
    assertThat(wrong.text("title")).startsWith("filter, column 1");
    assertThat(wrong.text("detail")).contains("businessName");
    String created =
        server.get(path + "?pageSize=1").json().path("items").get(0).path("dateCreated").asString();
    assertThat(
            server
                .get(path + "?filter=" + encoded("dateCreated ge " + created))
                .is(200)
                .json()
                .path("totalCount")
                .intValue())
        .isEqualTo(25);
  }

  @Test
  void fieldsAreAddedToAPublishedObjectAndTaken() throws Exception {
    long id = application();
    String path = "/o/c/distributorapplications";
    server.post(path, "{'externalReferenceCode': 'A', 'businessName': 'A'}").is(200);
    var field =
        server
            .post(
                ADMIN + "/object-definitions/" + id + "/object-fields",
                "{'name': 'creditLimit', 'businessType': 'PrecisionDecimal', 'label': {'en_US': 'Credit'}}")
            .is(200);
    assertThat(field.text("DBType")).isEqualTo("BigDecimal");
    assertThat(
            server
                .patch(path + "/by-external-reference-code/A", "{'creditLimit': 12345678901234.56}")
                .is(200)
                .body())
        .contains("\"creditLimit\":12345678901234.56");
    server.delete(ADMIN + "/object-fields/" + field.id()).is(204);
    assertThat(server.get(path + "/by-external-reference-code/A").is(200).json().has("creditLimit"))
        .isFalse();
    assertThat(server.delete(ADMIN + "/object-definitions/" + id).is(409).text("detail"))
        .isEqualTo("delete its entries first");
    long entry = server.get(path + "/by-external-reference-code/A").id();
    server.delete(path + "/" + entry).is(204);
    server.delete(ADMIN + "/object-definitions/" + id).is(204);
    server.get(path).is(404);
  }

  @Test
  void aSecretIsKeptAndNeverShown() throws Exception {
    long id = application();
    String action =
        "{'name': 'tell', 'active': false, 'objectActionTriggerKey': 'onAfterAdd',"
            + " 'objectActionExecutorKey': 'webhook', 'parameters': {'url': 'https://a.example/x',"
            + " 'secret': 'hush'}}";
    String actions = ADMIN + "/object-definitions/" + id + "/object-actions";
    var made = server.post(actions, action).is(200);
    assertThat(made.body()).contains("https://a.example/x").doesNotContain("hush");
    String one = ADMIN + "/object-actions/" + made.id();
    for (String path : List.of(actions, one, ADMIN + "/object-definitions/" + id)) {
      assertThat(server.get(path).is(200).body()).contains("********").doesNotContain("hush");
    }
    server.put(one, server.get(one).body()).is(200);
    server
        .put(
            ADMIN + "/object-definitions/" + id,
            server.get(ADMIN + "/object-definitions/" + id).body())
        .is(200);
    assertThat(kept(id)).contains("hush").doesNotContain("********");
    server.patch(one, "{'parameters': {'url': 'https://a.example/x', 'secret': 'other'}}").is(200);
    assertThat(kept(id)).contains("other").doesNotContain("hush");
    assertThat(
            server
                .post(actions, action.replace("hush", "********").replace("tell", "say"))
                .is(400)
                .text("title"))
        .contains("secret");
  }

  private String kept(long definition) {
    return server.definitions().model().definition(definition).orElseThrow().body().toString();
  }

  @Test
  void aListIsFilteredAndSortedByIndexes() throws Exception {
    application();
    var hub = server.definitions().hub();
    var fields =
        new EntryFields(
            hub,
            new EntryShapes(server.definitions()),
            new EntryShapes(server.definitions()).at("distributorapplications"),
            Access.unlimited(Author.UNKNOWN));
    var dialect = hub.dialect();
    var where = Filter.parse("applicationState eq 'open'").compile(fields, dialect, Instant.EPOCH);
    String order = Sort.parse("yearsInBusiness:desc").compile(fields, dialect, "id");
    String table = hub.tableName("distributorapplications");
    assertThat(plan("SELECT id FROM " + table + " WHERE " + where.sql(), where.values().toArray()))
        .contains("f_applicationState");
    assertThat(plan("SELECT id FROM " + table + " ORDER BY " + order + " LIMIT 20"))
        .contains("f_yearsInBusiness")
        .doesNotContain("TEMP B-TREE", "Sort");
  }

  private String plan(String query, Object... values) throws InterruptedException {
    return server
        .definitions()
        .hub()
        .read(tx ->
            String.join(
                "; ",
                switch (tx.product()) {
                  case SQLITE -> tx.list("EXPLAIN QUERY PLAN " + query, row -> row.text(4), values);
                  case POSTGRESQL -> {
                    // Of a table that is nearly empty it would read all.
                    tx.update("SET LOCAL enable_seqscan = off");
                    yield tx.list("EXPLAIN " + query, row -> row.text(1), values);
                  }
                }));
  }

  @Test
  void definitionsThatCannotBeAreRefusedWhole() throws Exception {
    var refused =
        server
            .post(
                ADMIN + "/object-definitions",
                "{'name': 'lower', 'objectFields': [{'name': 'Big', 'businessType': 'Texts'}]}")
            .is(400);
    assertThat(refused.text("title"))
        .contains("name 'lower' cannot be used")
        .contains("label is missing")
        .contains("objectFields[0].name 'Big' cannot be used")
        .contains("objectFields[0].businessType 'Texts' is none of its values");
    assertThat(
            server.get(ADMIN + "/object-definitions").is(200).json().path("totalCount").intValue())
        .isZero();
    application();
    assertThat(
            server
                .post(
                    ADMIN + "/object-definitions", APPLICATION.replace("'APPLICATION'", "'OTHER'"))
                .is(409)
                .text("title"))
        .isEqualTo("name Duplicate name C_DistributorApplication");
    var groovy =
        server
            .post(
                ADMIN + "/object-definitions/by-external-reference-code/APPLICATION/object-actions",
                "{'name': 'run', 'objectActionTriggerKey': 'onAfterAdd', 'objectActionExecutorKey': 'groovy'}")
            .is(400);
    assertThat(groovy.text("detail")).contains("function#");
  }
}
