package dev.lockstep.hub.liferay;

import static dev.lockstep.hub.liferay.LiferayServer.ADMIN;
import static dev.lockstep.hub.liferay.LiferayServer.LISTS;
import static dev.lockstep.hub.liferay.LiferayServer.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each business type takes and shows; unique keys, drafts and sites. */
class BusinessTypesTest {
  @TempDir Path folder;
  private LiferayServer server;

  @BeforeEach
  void open() throws Exception {
    place();
    server = new LiferayServer(folder);
    server
        .post(
            LISTS + "/list-type-definitions",
            "{'name': 'Colours', 'externalReferenceCode': 'COLOURS', 'listTypeEntries':"
                + " [{'key': 'red', 'name': 'Red'}, {'key': 'blue', 'name': 'Blue'}]}")
        .is(200);
  }

  /** Says where the store is to be. */
  void place() {}

  @AfterEach
  void close() {
    server.close();
  }

  /** Defines and publishes an object; settings are further properties of its definition. */
  private void object(String name, String settings, String... fields) throws Exception {
    server
        .post(
            ADMIN + "/object-definitions",
            "{'externalReferenceCode': '"
                + name
                + "', 'name': '"
                + name
                + "', 'label': '"
                + name
                + "', 'pluralLabel': '"
                + name
                + "s', 'status': {'code': 0}, "
                + settings
                + "'objectFields': ["
                + String.join(", ", fields)
                + "]}")
        .is(200);
  }

  private static String field(String name, String type, String more) {
    return "{'name': '"
        + name
        + "', 'label': '"
        + name
        + "', 'businessType': '"
        + type
        + "'"
        + more
        + "}";
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "Text, `'ü €'`, `'ü €'`",
        "LongText, `'long'`, `'long'`",
        "RichText, `'<p>a <b>b</b></p>'`, `'<p>a <b>b</b></p>'`",
        "Integer, -7, -7",
        "LongInteger, 9223372036854775807, 9223372036854775807",
        "Decimal, 1.5, 1.5",
        "PrecisionDecimal, 12345678901234567890.123456789, 12345678901234567890.123456789",
        "Boolean, true, true",
        "Date, `'2026-02-28'`, `'2026-02-28'`",
        "Date, `'2026-02-28T00:00:00Z'`, `'2026-02-28'`",
        "DateTime, `'2026-02-28T12:00:00+02:00'`, `'2026-02-28T10:00:00Z'`",
        "EmailAddress, `'a@b.example'`, `'a@b.example'`",
        "PhoneNumber, `'+49 (30) 123'`, `'+49 (30) 123'`",
      })
  void aValueComesBackAsItWasSent(String type, String sent, String shown) throws Exception {
    object("Thing", "", field("value", type, ""));
    var made = server.post("/o/c/things", "{'value': " + sent + "}").is(200);
    assertThat(made.body()).contains("\"value\":" + shown.replace('\'', '"'));
    assertThat(server.get("/o/c/things/" + made.id()).is(200).body())
        .contains("\"value\":" + shown.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "Text, 7",
        "Integer, `'seven'`",
        "Integer, 2147483648",
        "LongInteger, 9223372036854775808",
        "Boolean, `'maybe'`",
        "Date, `'2026-02-30'`",
        "DateTime, `'yesterday'`",
        "EmailAddress, `'nobody'`",
        "PhoneNumber, `'call me'`",
      })
  void aValueThatIsNoneIsRefusedWithItsField(String type, String sent) throws Exception {
    object("Thing", "", field("value", type, ""));
    assertThat(server.post("/o/c/things", "{'value': " + sent + "}").is(400).text("title"))
        .startsWith("value ");
    assertThat(server.get("/o/c/things").json().path("totalCount").intValue()).isZero();
  }

  @Test
  void severalValuesOfAPicklistAreKeptAndFiltered() throws Exception {
    object(
        "Car",
        "",
        field(
            "colours",
            "MultiselectPicklist",
            ", 'listTypeDefinitionExternalReferenceCode': 'COLOURS'"));
    var made = server.post("/o/c/cars", "{'colours': [{'key': 'red'}, 'blue']}").is(200);
    assertThat(made.json().path("colours").toString())
        .isEqualTo("[{\"key\":\"red\",\"name\":\"Red\"},{\"key\":\"blue\",\"name\":\"Blue\"}]");
    server.post("/o/c/cars", "{'colours': ['blue']}").is(200);
    assertThat(server.post("/o/c/cars", "{'colours': ['green']}").is(400).text("title"))
        .startsWith("colours holds what is not in the picklist");
    assertThat(
            server
                .get("/o/c/cars?filter=" + encoded("colours/any(k:k eq 'red')"))
                .is(200)
                .json()
                .path("totalCount")
                .intValue())
        .isEqualTo(1);
  }

  @Test
  void numbersAreGivenOutOnceAndNotSet() throws Exception {
    object(
        "Ticket",
        "",
        field(
            "number",
            "AutoIncrement",
            ", 'objectFieldSettings': [{'name': 'initialValue', 'value': '0099'},"
                + " {'name': 'prefix', 'value': 'T-'}, {'name': 'suffix', 'value': '/26'}]"),
        field("subject", "Text", ", 'required': true"));
    assertThat(
            server
                .post("/o/c/tickets", "{'subject': 'A', 'number': 'mine'}")
                .is(200)
                .text("number"))
        .isEqualTo("T-0099/26");
    server.post("/o/c/tickets", "{}").is(400);
    var second = server.post("/o/c/tickets", "{'subject': 'B'}").is(200);
    assertThat(second.text("number")).isEqualTo("T-0100/26");
    assertThat(server.put("/o/c/tickets/" + second.id(), "{'subject': 'C'}").is(200).text("number"))
        .isEqualTo("T-0100/26");
  }

  @Test
  void computedValuesFollowTheirEntries() throws Exception {
    object(
        "Order",
        "",
        field("net", "Integer", ""),
        field(
            "gross",
            "Formula",
            ", 'objectFieldSettings': [{'name': 'script', 'value': 'net * 2'}]"));
    object("Line", "", field("amount", "Integer", ""));
    server
        .post(
            ADMIN + "/object-definitions/by-external-reference-code/Order/object-relationships",
            "{'name': 'orderLines', 'type': 'oneToMany', 'deletionType': 'cascade', 'objectDefinitionExternalReferenceCode2': 'Line'}")
        .is(200);
    for (String function : new String[] {"COUNT", "SUM", "MAX"}) {
      server
          .post(
              ADMIN + "/object-definitions/by-external-reference-code/Order/object-fields",
              field(
                  "of" + function,
                  "Aggregation",
                  ", 'objectFieldSettings': [{'name': 'function', 'value': '"
                      + function
                      + "'}, {'name': 'objectRelationshipName', 'value': 'orderLines'}, {'name': 'objectFieldName', 'value': 'amount'}]"))
          .is(200);
    }
    long order = server.post("/o/c/orders", "{'net': 21}").is(200).id();
    for (int amount : new int[] {3, 4}) {
      server
          .post("/o/c/lines", "{'amount': " + amount + ", 'r_orderLines_c_orderId': " + order + "}")
          .is(200);
    }
    var shown = server.get("/o/c/orders/" + order).is(200);
    assertThat(shown.text("gross")).isEqualTo("42");
    assertThat(shown.text("ofCOUNT")).isEqualTo("2");
    assertThat(shown.text("ofSUM")).isEqualTo("7");
    assertThat(shown.text("ofMAX")).isEqualTo("4");
    assertThat(
            server
                .post(
                    ADMIN + "/object-definitions/by-external-reference-code/Order/object-fields",
                    field(
                        "wrong",
                        "Formula",
                        ", 'objectFieldSettings': [{'name': 'script', 'value': 'nett * 2'}]"))
                .is(400)
                .text("title"))
        .contains("nett");
  }

  @Test
  void uniqueValuesAndCompositeKeysAreKept() throws Exception {
    object(
        "Branch",
        "'objectValidationRules': [{'name': 'Key', 'engine': 'compositeKey', 'objectValidationRuleSettings': ["
            + "{'name': 'compositeKeyObjectFieldExternalReferenceCode', 'value': 'COUNTRY'},"
            + "{'name': 'compositeKeyObjectFieldExternalReferenceCode', 'value': 'TAX'}]}], ",
        field("country", "Text", ", 'externalReferenceCode': 'COUNTRY'"),
        field("taxNumber", "Text", ", 'externalReferenceCode': 'TAX'"),
        field(
            "email", "Text", ", 'objectFieldSettings': [{'name': 'uniqueValues', 'value': true}]"));
    server.post("/o/c/branches", "{}").is(404);
    String path = "/o/c/branchs";
    server.post(path, "{'country': 'DE', 'taxNumber': '1', 'email': 'a'}").is(200);
    server.post(path, "{'country': 'FR', 'taxNumber': '1', 'email': 'b'}").is(200);
    assertThat(
            server
                .post(path, "{'country': 'DE', 'taxNumber': '1', 'email': 'c'}")
                .is(409)
                .text("title"))
        .startsWith("country,taxNumber");
    assertThat(
            server
                .post(path, "{'country': 'DE', 'taxNumber': '2', 'email': 'a'}")
                .is(409)
                .text("title"))
        .startsWith("email");
  }

  @Test
  void aPageHoldsNoMoreThanAnAnswerMay() throws Exception {
    object("Book", "", field("text", "RichText", ""));
    String text = "x".repeat(3 << 20);
    for (int i = 0; i < 4; i++) {
      server.post("/o/c/books", "{'text': '" + text + "'}").is(200);
    }
    assertThat(server.get("/o/c/books").is(400).text("title")).startsWith("pageSize");
    assertThat(server.get("/o/c/books?pageSize=2").is(200).json().path("items").size())
        .isEqualTo(2);
  }

  @Test
  void draftsMayBeUnfinished() throws Exception {
    object("Form", "'enableObjectEntryDraft': true, ", field("name", "Text", ", 'required': true"));
    server.post("/o/c/forms", "{}").is(400);
    var draft = server.post("/o/c/forms", "{'status': {'code': 2}}").is(200);
    assertThat(draft.json().path("status").path("label").asString()).isEqualTo("draft");
    server.patch("/o/c/forms/" + draft.id(), "{'status': {'code': 0}}").is(400);
    server.patch("/o/c/forms/" + draft.id(), "{'status': {'code': 0}, 'name': 'Done'}").is(200);
    object("Plain", "", field("name", "Text", ""));
    server.post("/o/c/plains", "{'status': {'code': 2}}").is(400);
  }

  @Test
  void entriesOfSitesStayAmongThemselves() throws Exception {
    object("Notice", "'scope': 'site', ", field("text", "Text", ""));
    server.post("/o/c/notices", "{'text': 'x'}").is(400);
    long north =
        server
            .post("/o/c/notices/scopes/north", "{'externalReferenceCode': 'N1', 'text': 'north'}")
            .is(200)
            .id();
    server
        .post("/o/c/notices/scopes/south", "{'externalReferenceCode': 'N1', 'text': 'south'}")
        .is(200);
    assertThat(server.get("/o/c/notices/scopes/north").is(200).texts("items", "text"))
        .containsExactly("north");
    var south = server.get("/o/c/notices/scopes/south/by-external-reference-code/N1").is(200);
    assertThat(south.text("text")).isEqualTo("south");
    assertThat(south.text("externalReferenceCode")).isEqualTo("N1");
    assertThat(south.text("scopeKey")).isEqualTo("south");
    assertThat(
            server
                .patch("/o/c/notices/" + north, "{'text': 'still north', 'scopeKey': 'south'}")
                .is(200)
                .text("scopeKey"))
        .isEqualTo("north");
    server.get("/o/c/notices/scopes/west/by-external-reference-code/N1").is(404);
    server.get("/o/c/notices").is(400);
  }
}
