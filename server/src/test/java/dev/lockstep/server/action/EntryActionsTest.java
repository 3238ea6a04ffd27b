package dev.lockstep.server.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Actions that add and change entries, and those that are asked for. */
class EntryActionsTest {
  private static final String DELIVERIES = "/api/v1/actions/deliveries";
  private static final String DEFINITIONS =
      "/o/object-admin/v1.0/object-definitions/by-external-reference-code/";

  @TempDir private Path folder;
  private Served served;

  @BeforeEach
  void open() throws Exception {
    served = Served.open(folder, true).withTickets();
  }

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void addsARelatedEntryWithValuesOfTheOneThatWasSaved() throws Exception {
    notes();
    act(
            "TICKET",
            "noted",
            "onAfterUpdate",
            "add-object-entry",
            "'objectDefinitionExternalReferenceCode':'NOTE','relatedObjectEntries':true,"
                + "'predefinedValues':["
                + value("title", "concat(oldValue(\\\"subject\\\"), \\\" is now \\\", subject)")
                + ",{'name':'days','inputAsValue':true,'value':'7'},"
                + value("due", "modifiedDate")
                + ",{'name':'urgent','inputAsValue':true,'value':'true'}]",
            "number > 1")
        .is(200);
    served.put("t-1", "{'subject':'old','number':1}");
    served.put("t-1", "{'subject':'new','number':2}");
    Served.until("it is there", () -> items("/o/c/notes").size() == 1);

    JsonNode note = items("/o/c/notes").path(0);
    assertThat(note.path("title").asString()).isEqualTo("old is now new");
    assertThat(note.path("days").intValue()).isEqualTo(7);
    assertThat(note.path("urgent").booleanValue()).isTrue();
    assertThat(note.path("r_notes_c_ticketERC").asString()).isEqualTo("t-1");
    JsonNode log = only("delivered");
    assertThat(log.path("answer").asString()).startsWith("added");
    assertThat(log.path("url").asString()).isEqualTo("/o/c/notes");
    assertThat(note.path("due").asString()).startsWith(log.path("at").asString().substring(0, 10));
  }

  @Test
  void changesTheEntryAndItsRelatedOnesAndPassesOn() throws Exception {
    notes();
    update("TICKET", "done", "onAfterUpdate", "NOTE", "title", "subject", "number == 9");
    update("NOTE", "told", "onAfterUpdate", "TICKET", "subject", "concat(title, \\\"!\\\")", "");
    String ticket = served.put("t-1", "{'subject':'a'}").json().path("id").asString();
    for (int i = 0; i < 3; i++) {
      served.send("POST", "/o/c/notes", "{'r_notes_c_ticketId':" + ticket + "}").is(200);
    }
    served.put("t-1", "{'subject':'b','number':9}");
    Served.until("back", () -> subject().equals("b!"));

    // The three notes come from the first action, and each is told of; what they change comes from
    // the first action as well.
    assertThat(items("/o/c/notes").valueStream().map(it -> it.path("title").asString()))
        .containsExactly("b", "b", "b");
    Served.until("all ended", () -> items(DELIVERIES + "?state=waiting").isEmpty());
    assertThat(subject()).isEqualTo("b!");
    JsonNode stopped = only("stopped");
    assertThat(stopped.path("action").asString()).isEqualTo("done");
    assertThat(stopped.path("chain").asString())
        .matches("done of tickets 't-1', then told of notes '.*'");
  }

  @Test
  void anActionThatSetsItselfOffIsStoppedUnlessItChangesNothing() throws Exception {
    update("TICKET", "counts", "onAfterUpdate", "", "number", "number + 1", "");
    served.put("t-1", "{'number':1}");
    served.put("t-1", "{'number':5}");
    Served.until("stopped", () -> items(DELIVERIES + "?state=stopped").size() == 1);

    assertThat(number()).isEqualTo(6);
    JsonNode stopped = only("stopped");
    assertThat(stopped.path("reason").asString())
        .contains("a loop was stopped", "counts of tickets 't-1'");
    Served.until("told", () -> letters().size() == 1);
    assertThat(letters().path(0).path("reason").asString()).contains("a loop was stopped");
    JsonNode sync = served.get("/api/v1/status").json().path("syncs").path(0);
    assertThat(sync.path("openLetters").intValue()).isEqualTo(1);

    String replay = DELIVERIES + "/" + stopped.path("event").asString() + "/replay";
    assertThat(served.send("POST", replay, "").is(200).json().path("state").asString())
        .isEqualTo("delivered");
    Served.until("stopped again", () -> items(DELIVERIES + "?state=stopped").size() == 1);
    assertThat(number()).isEqualTo(7);
    assertThat(served.send("POST", replay, "").is(200).json().path("state").asString())
        .isEqualTo("delivered");
    assertThat(number()).as("a replay does nothing twice").isEqualTo(7);
  }

  @Test
  void settingTheSameValueAgainIsNoLoop() throws Exception {
    update("TICKET", "marks", "onAfterUpdate", "", "subject", "\\\"marked\\\"", "");
    served.put("t-1", "{}");
    served.put("t-1", "{'number':5}");
    Served.until("both", () -> items(DELIVERIES + "?state=delivered").size() == 2);
    assertThat(subject()).isEqualTo("marked");
    assertThat(items(DELIVERIES + "?state=stopped")).isEmpty();
  }

  @Test
  void entriesThatAddEachOtherEndAfterTenActions() throws Exception {
    notes();
    add("TICKET", "note", "NOTE", "title", "subject");
    add("NOTE", "ticket", "TICKET", "subject", "title");
    served.put("t-1", "{'subject':'x'}");
    Served.until("stopped", () -> items(DELIVERIES + "?state=stopped").size() == 1);

    assertThat(items("/o/c/tickets").size() + items("/o/c/notes").size()).isEqualTo(11);
    assertThat(only("stopped").path("reason").asString()).contains("10 actions led to it");
  }

  @Test
  void whatARuleRefusesIsToldAndTriedAgain() throws Exception {
    notes();
    String rule = rule("title != \\\"bad\\\"").path("id").asString();
    add("TICKET", "note", "NOTE", "title", "subject");
    served.put("t-1", "{'subject':'bad'}");
    Served.until("it was tried", () -> items(DELIVERIES + "?state=waiting").size() == 1);
    Served.until(
        "it is told",
        () -> only("waiting").path("reason").asString("").contains("the title is bad"));
    assertThat(items("/o/c/notes")).isEmpty();

    served
        .send(
            "PATCH",
            "/o/object-admin/v1.0/object-validation-rules/" + rule,
            "{'script':'title != \\\"worse\\\"'}")
        .is(200);
    Served.until("it is there", () -> items("/o/c/notes").size() == 1);
    assertThat(only("delivered").path("attempts").intValue()).isGreaterThan(1);
  }

  @Test
  void whatCannotBeWrittenIsNotSaved() throws Exception {
    notes();
    assertThat(
            act(
                    "TICKET",
                    "n",
                    "onAfterAdd",
                    "add-object-entry",
                    "'objectDefinitionExternalReferenceCode':'NOTE','predefinedValues':["
                        + value("titel", "subject")
                        + ","
                        + value("title", "subjct")
                        + "]",
                    "")
                .is(400)
                .body())
        .contains("predefinedValues[0].name", "titel", "predefinedValues[1].value", "subjct");
    assertThat(
            act("TICKET", "n", "onAfterDelete", "update-object-entry", "'predefinedValues':[]", "")
                .is(400)
                .body())
        .contains("deleted cannot be changed", "gives no value");
    assertThat(
            act(
                    "TICKET",
                    "n",
                    "onAfterAdd",
                    "add-object-entry",
                    "'objectDefinitionExternalReferenceCode':'NOWHERE'",
                    "")
                .is(400)
                .body())
        .contains("'NOWHERE' is no object");
  }

  @Test
  void standaloneActionsAreCarriedOutWhenAskedFor() throws Exception {
    update("TICKET", "bump", "standalone", "", "number", "number + 1", "number < 3");
    String id = served.put("t-1", "{'number':1}").json().path("id").asString();
    served.put("t-1", "{'number':1,'subject':'other'}");
    served.send("PUT", "/o/c/tickets/" + id + "/object-actions/bump", "").is(204);
    String byCode = "/o/c/tickets/by-external-reference-code/t-1/object-actions/";
    served.send("PUT", byCode + "bump", "").is(204);
    Served.until("both", () -> items(DELIVERIES + "?state=delivered").size() == 2);
    assertThat(number()).isIn(2, 3);

    assertThat(served.send("PUT", byCode + "bumb", "").is(404).body()).contains("bump");
    served.send("PUT", "/o/c/tickets/999/object-actions/bump", "").is(404);
    served.put("t-1", "{'number':3}");
    served.send("PUT", byCode + "bump", "").is(204);
    served.put("t-1", "{'number':2}");
    served.send("PUT", byCode + "bump", "").is(204);
    Served.until("the third", () -> items(DELIVERIES + "?state=delivered").size() == 3);
    assertThat(number()).isEqualTo(3);
  }

  private void notes() throws Exception {
    served
        .send(
            "PUT",
            DEFINITIONS + "NOTE",
            "{'name':'Note','label':{'en_US':'Note'},'pluralLabel':{'en_US':'Notes'},"
                + "'status':{'code':0},'objectFields':["
                + "{'name':'title','label':{'en_US':'Title'},'businessType':'Text'},"
                + "{'name':'days','label':{'en_US':'Days'},'businessType':'Integer'},"
                + "{'name':'urgent','label':{'en_US':'Urgent'},'businessType':'Boolean'},"
                + "{'name':'due','label':{'en_US':'Due'},'businessType':'Date'}]}")
        .is(200);
    served
        .send(
            "POST",
            DEFINITIONS + "TICKET/object-relationships",
            "{'name':'notes','label':{'en_US':'Notes'},'type':'oneToMany',"
                + "'objectDefinitionExternalReferenceCode2':'NOTE','deletionType':'cascade'}")
        .is(200);
  }

  private JsonNode rule(String script) throws Exception {
    return served
        .send(
            "POST",
            DEFINITIONS + "NOTE/object-validation-rules",
            "{'name':{'en_US':'n'},'engine':'ddm','active':true,"
                + "'errorLabel':{'en_US':'the title is bad'},'script':'"
                + script
                + "'}")
        .is(200)
        .json();
  }

  private static String value(String name, String expression) {
    return "{'name':'%s','inputAsValue':false,'value':'%s'}".formatted(name, expression);
  }

  private void add(String object, String name, String target, String field, String expression)
      throws Exception {
    act(
            object,
            name,
            "onAfterAdd",
            "add-object-entry",
            "'objectDefinitionExternalReferenceCode':'%s','predefinedValues':[%s]"
                .formatted(target, value(field, expression)),
            "")
        .is(200);
  }

  private void update(
      String object,
      String name,
      String trigger,
      String target,
      String field,
      String expression,
      String condition)
      throws Exception {
    act(
            object,
            name,
            trigger,
            "update-object-entry",
            "'objectDefinitionExternalReferenceCode':'%s','predefinedValues':[%s]"
                .formatted(target, value(field, expression)),
            condition)
        .is(200);
  }

  private Served.Answer act(
      String object,
      String name,
      String trigger,
      String executor,
      String parameters,
      String condition)
      throws Exception {
    return served.send(
        "POST",
        DEFINITIONS + object + "/object-actions",
        ("{'name':'%s','label':{'en_US':'%s'},'objectActionTriggerKey':'%s',"
                + "'objectActionExecutorKey':'%s','conditionExpression':'%s','parameters':{%s}}")
            .formatted(name, name, trigger, executor, condition, parameters));
  }

  private JsonNode items(String path) throws Exception {
    return served.get(path).is(200).json().path("items");
  }

  private JsonNode letters() throws Exception {
    return items("/api/v1/letters?state=open");
  }

  private JsonNode only(String state) throws Exception {
    JsonNode found = items(DELIVERIES + "?state=" + state);
    assertThat(found).hasSize(1);
    return found.path(0);
  }

  private JsonNode ticket() throws Exception {
    return served.get("/o/c/tickets/by-external-reference-code/t-1").is(200).json();
  }

  private String subject() throws Exception {
    return ticket().path("subject").asString();
  }

  private int number() throws Exception {
    return ticket().path("number").intValue();
  }
}
