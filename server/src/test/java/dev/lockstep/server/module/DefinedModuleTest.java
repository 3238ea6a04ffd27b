package dev.lockstep.server.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.module.Served.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module over objects that are defined while it is served. */
class DefinedModuleTest {
  private static final String YAML =
      """
      lockstep: 1
      server: {address: "127.0.0.1:0"}
      hub:
        definitions: true
        modules:
          help:
            versions:
              v1:
                objects:
                  tickets:
                    object: tickets
                    fields: {title: subject, state: state, number: number}
              v2:
                objects: {tickets: tickets}
      """;

  private static final String LISTS =
      "/o/headless-admin-list-type/v1.0/list-type-definitions/by-external-reference-code/STATES";
  private static final String TICKET =
      "/o/object-admin/v1.0/object-definitions/by-external-reference-code/TICKET";
  private static final String FIELDS = "/o/object-admin/v1.0/object-fields/";

  @TempDir private Path folder;

  @Test
  void waitsForItsObjectAndThenHoldsIt() throws Exception {
    try (Served served = Served.open(folder, YAML)) {
      assertThat(served.get("/api/help/v1/tickets").is(503).text("detail"))
          .contains("no object tickets");
      assertThat(served.get("/api/help/v1/openapi.json").is(200).json().path("paths").size())
          .isZero();
      define(served);
      Answer created =
          served.send("POST", "/api/help/v1/tickets", "{'title':'It does not start'}").is(201);
      assertThat(created.text("state")).isEqualTo("open");
      assertThat(created.text("number")).isEqualTo("1");
      Answer two = served.get("/api/help/v2/tickets/" + created.text("id")).is(200);
      assertThat(two.json().propertyNames())
          .containsExactly(
              "externalReferenceCode",
              "id",
              "dateCreated",
              "dateModified",
              "subject",
              "state",
              "number",
              "urgent");
      assertThat(served.get("/o/c/tickets/" + created.text("id")).is(200).text("subject"))
          .isEqualTo("It does not start");
      served
          .send("PATCH", "/api/help/v1/tickets/" + created.text("id"), "{'state':'closed'}")
          .is(422);
      breaking(served);
      assertThat(served.get("/api/help/v2/tickets/" + created.text("id")).is(200).body())
          .as("nothing was changed")
          .isEqualTo(two.body());
      // What breaks nobody is made, and served at once.
      served
          .send(
              "POST",
              TICKET + "/object-fields",
              "{'name':'email','label':{'en_US':'E'},'businessType':'Text'}")
          .is(200);
      assertThat(served.get("/api/help/v2/tickets").json().path("items").get(0).has("email"))
          .isTrue();
      remove(served, "email").is(409);
    }
    try (Served served = Served.open(folder, YAML)) {
      served.get("/api/help/v1/tickets").is(200);
    }
  }

  private static void breaking(Served served) throws Exception {
    assertThat(remove(served, "subject").is(409).text("title"))
        .contains("/api/help/v1 tickets: 'subject' is no field of tickets")
        .contains("/api/help/v2 tickets.subject is gone");
    assertThat(
            served
                .send(
                    "PUT",
                    LISTS,
                    "{'name':'S','listTypeEntries':[{'key':'open','name':'O'},"
                        + "{'key':'shut','name':'S'}]}")
                .is(409)
                .text("title"))
        .contains("/api/help/v1 tickets.state took 'answered' and would not")
        .contains("/api/help/v2 tickets.state took 'closed' and would not");
    assertThat(
            served
                .send("PATCH", FIELDS + id(served, "urgent"), "{'required':true}")
                .is(409)
                .text("title"))
        .contains("/api/help/v1 tickets: 'urgent' of tickets is required and not shown")
        .contains("/api/help/v2 tickets.urgent need not be sent and would have to be");
    assertThat(
            served
                .send(
                    "PATCH",
                    FIELDS + id(served, "subject"),
                    "{'objectFieldSettings':[{'name':'maxLength','value':'20'}]}")
                .is(409)
                .text("title"))
        .contains("/api/help/v1 tickets.title was text(280) and would be text(20)");
  }

  private static Answer remove(Served served, String field) throws Exception {
    return served.send("DELETE", FIELDS + id(served, field), "");
  }

  private static String id(Served served, String field) throws Exception {
    return served
        .get(TICKET)
        .json()
        .path("objectFields")
        .valueStream()
        .filter(it -> it.path("name").stringValue().equals(field))
        .map(it -> it.path("id").asString())
        .findFirst()
        .orElseThrow();
  }

  private static void define(Served served) throws Exception {
    served
        .send(
            "PUT",
            LISTS,
            "{'name':'S','listTypeEntries':[{'key':'open','name':'O'},{'key':'answered','name':'A'},"
                + "{'key':'closed','name':'C'}]}")
        .is(200);
    served
        .send(
            "PUT",
            TICKET,
            "{'name':'Ticket','label':{'en_US':'T'},'pluralLabel':{'en_US':'Tickets'},"
                + "'status':{'code':0},'objectFields':["
                + "{'name':'subject','label':{'en_US':'S'},'businessType':'Text','required':true},"
                + "{'name':'state','label':{'en_US':'S'},'businessType':'Picklist','state':true,"
                + "'listTypeDefinitionExternalReferenceCode':'STATES','objectFieldSettings':["
                + "{'name':'defaultValue','value':'open'},{'name':'stateFlow','value':{'objectStates':["
                + "{'key':'open','objectStateTransitions':[{'key':'answered'}]}]}}]},"
                + "{'name':'number','label':{'en_US':'N'},'businessType':'AutoIncrement'},"
                + "{'name':'urgent','label':{'en_US':'U'},'businessType':'Boolean'}]}")
        .is(200);
  }
}
