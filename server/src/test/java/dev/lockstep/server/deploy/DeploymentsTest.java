package dev.lockstep.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Archives that are handed in: their order, their failures, and what is done again. */
class DeploymentsTest {
  @TempDir private Path folder;

  private static List<String> states(JsonNode deployment) {
    List<String> states = new ArrayList<>();
    deployment
        .path("files")
        .forEach(it ->
            states.add(
                it.path("path").stringValue().replaceFirst("batch/([^.]*)\\..*", "$1 ")
                    + it.path("state").stringValue()));
    return states;
  }

  @Test
  void filesAreCarriedOutInTheirOrderAndOnlyOnce() throws Exception {
    Path archive =
        Zip.of("tickets")
            .entries("10-entries", "Ticket", "", "{'externalReferenceCode':'T-1','subject':'a'}")
            .tickets("2-definitions")
            .in(folder.resolve("tickets.zip"));
    try (Served served = Served.open(folder)) {
      JsonNode done = served.deployed(archive, "");
      assertThat(states(done)).containsExactly("2-definitions done", "10-entries done");
      assertThat(done.path("state").stringValue()).as(done.toString()).isEqualTo("done");
      assertThat(done.path("name").stringValue()).isEqualTo("tickets");

      served.send("PATCH", ticket("T-1"), "{'subject':'changed since'}").is(200);
      JsonNode same = served.deployed(archive, "");
      assertThat(same.path("id")).isEqualTo(done.path("id"));
      assertThat(subject(served, "T-1")).isEqualTo("changed since");

      JsonNode again = served.deployed(archive, "?again=true");
      assertThat(again.path("id").longValue()).isGreaterThan(done.path("id").longValue());
      assertThat(subject(served, "T-1")).isEqualTo("a");
    }
    try (Served served = Served.open(folder)) {
      served.send("PATCH", ticket("T-1"), "{'subject':'changed since'}").is(200);
      served.deployed(archive, "");
      assertThat(subject(served, "T-1")).as("after a restart").isEqualTo("changed since");
    }
  }

  private static String ticket(String code) {
    return "/o/c/tickets/by-external-reference-code/" + code;
  }

  private static String subject(Served served, String code) throws Exception {
    return served.get(ticket(code)).is(200).json().path("subject").stringValue();
  }

  @Test
  void aFailureIsToldKeptAndTriedAgainAtTheNextStart() throws Exception {
    Path archive =
        Zip.of("tickets")
            .tickets("01-definitions")
            .entries(
                "02-entries",
                "Ticket",
                "",
                "{'externalReferenceCode':'T-1','subject':'a'},"
                    + "{'externalReferenceCode':'T-2','number':'none'}")
            .entries("03-others", "Note", "", "{'externalReferenceCode':'N-1','text':'b'}")
            .in(folder.resolve("tickets.zip"));
    long id;
    try (Served served = Served.open(folder)) {
      JsonNode failed = served.deployed(archive, "");
      id = failed.path("id").longValue();
      assertThat(failed.path("state").stringValue()).isEqualTo("failed");
      assertThat(states(failed))
          .containsExactly("01-definitions done", "02-entries failed", "03-others waiting");
      assertThat(failed.path("error").stringValue())
          .contains("batch/02-entries.batch-engine-data.json: item 2: ")
          .contains("number");
      assertThat(failed.path("files").path(1).path("failedItem").longValue()).isEqualTo(2);
    }
    try (Served served = Served.open(folder)) {
      JsonNode again = served.ended(id);
      assertThat(again.path("error").stringValue()).contains("item 2");
      Path better =
          Zip.of("tickets")
              .tickets("01-definitions")
              .entries(
                  "02-entries",
                  "Ticket",
                  "",
                  "{'externalReferenceCode':'T-2','number':2,'subject':'c'}")
              .in(folder.resolve("better.zip"));
      JsonNode done = served.deployed(better, "");
      assertThat(done.path("state").stringValue()).as(done.toString()).isEqualTo("done");
      assertThat(served.get("/api/v1/deployments/" + id).json().path("state").stringValue())
          .isEqualTo("replaced");
      JsonNode listed = served.get("/api/v1/deployments").json().path("items");
      assertThat(listed).hasSize(1);
      assertThat(served.get("/api/v1/deployments?all=true").json().path("items")).hasSize(2);
    }
  }

  @Test
  void aFileWhoseObjectIsMissingIsToldAtOnceAndRunsAtTheNextStartOnceItIsThere() throws Exception {
    Path archive =
        Zip.of("entries")
            .entries("1", "Ticket", "", "{'externalReferenceCode':'T-1','subject':'a'}")
            .in(folder.resolve("entries.zip"));
    Path definition = Zip.of("definitions").tickets("1").in(folder.resolve("definitions.zip"));
    long id;
    try (Served served = Served.open(folder)) {
      JsonNode failed = served.deployed(archive, "");
      id = failed.path("id").longValue();
      assertThat(failed.path("state").stringValue()).isEqualTo("failed");
      assertThat(failed.path("error").stringValue()).contains("Ticket");
      served.deployed(definition, "");
    }
    try (Served served = Served.open(folder)) {
      Served.until("it is done", () -> served.ended(id).path("state").stringValue().equals("done"));
      assertThat(subject(served, "T-1")).isEqualTo("a");
    }
  }

  @Test
  void whatTheConfigurationOfAFileSaysIsHeededOrTold() throws Exception {
    Path archive =
        Zip.of("settings")
            .tickets("1")
            .with(
                "batch/2.batch-engine-data.json",
                ("{'actions':{},'configuration':{'className':"
                        + "'com.liferay.object.rest.dto.v1_0.ObjectEntry','companyId':167,"
                        + "'userId':20122,'multiCompany':false,'callbackURL':null,"
                        + "'fieldNameMappingMap':{'externalReferenceCode':"
                        + "'externalReferenceCode','title':'subject'},'parameters':{"
                        + "'createStrategy':'UPSERT','taskItemDelegateName':'C_Ticket'}},"
                        + "'items':[{'externalReferenceCode':'T-1','title':'mapped'}],"
                        + "'facets':[],'lastPage':1,'page':1,'pageSize':20,'totalCount':1}")
                    .replace('\'', '"'))
            .entries("3", "Ticket", ",'featureFlag':'LPD-1'", "{'subject':'not yet'}")
            .batch(
                "4",
                "com.liferay.object.admin.rest.dto.v1_0.ObjectField",
                "'createStrategy':'UPSERT','externalReferenceCode':'TICKET'",
                "{'externalReferenceCode':'F','name':'other','label':{'en_US':'Other'},"
                    + "'businessType':'Text','DBType':'String'}")
            .batch("5", "com.example.Unheard", "", "{'externalReferenceCode':'X'}")
            .in(folder.resolve("settings.zip"));
    try (Served served = Served.open(folder)) {
      JsonNode done = served.deployed(archive, "");
      assertThat(states(done))
          .as(done.toString())
          .containsExactly("1 done", "2 done", "3 skipped", "4 done", "5 done");
      assertThat(subject(served, "T-1")).isEqualTo("mapped");
      assertThat(done.path("files").path(1).path("note").stringValue())
          .isEqualTo("companyId, userId ignored: there is one company, and the server writes");
      assertThat(done.path("files").path(2).path("note").stringValue()).contains("LPD-1");
      assertThat(done.path("files").path(4).path("note").stringValue())
          .as("an unknown class is told")
          .isNotEmpty();
      served.send("PATCH", ticket("T-1"), "{'other':'there'}").is(200);
    }
  }

  @Test
  void withTheStrategyToGoOnWhatFailedIsToldAndTheRestIsDone() throws Exception {
    Path archive =
        Zip.of("tickets")
            .tickets("1")
            .entries(
                "2",
                "Ticket",
                ",'importStrategy':'ON_ERROR_CONTINUE'",
                "{'externalReferenceCode':'T-1'},{'externalReferenceCode':'T-2','subject':'b'},"
                    + "{'externalReferenceCode':'T-3'}")
            .entries("3", "Ticket", "", "{'externalReferenceCode':'T-4','subject':'d'}")
            .in(folder.resolve("tickets.zip"));
    try (Served served = Served.open(folder)) {
      JsonNode failed = served.deployed(archive, "");
      assertThat(states(failed)).containsExactly("1 done", "2 failed", "3 done");
      assertThat(failed.path("state").stringValue()).isEqualTo("failed");
      assertThat(failed.path("error").stringValue()).contains("item 1: ").contains("(and 1 more)");
      assertThat(subject(served, "T-4")).isEqualTo("d");
    }
  }

  @Test
  void severalProjectsComeInOneArchive() throws Exception {
    Path first = Zip.of("first").tickets("1").in(folder.resolve("first.zip"));
    Path second =
        Zip.of("second")
            .entries("1", "Ticket", "", "{'externalReferenceCode':'T-1','subject':'a'}")
            .in(folder.resolve("second.zip"));
    Zip bundle = new Zip();
    bundle.with("1-first.zip", Files.readAllBytes(first));
    bundle.with("2-second.zip", Files.readAllBytes(second));
    Path archive = bundle.in(folder.resolve("bundle.zip"));
    try (Served served = Served.open(folder)) {
      JsonNode taken = served.deploy(archive, "").is(200).json().path("items");
      assertThat(taken).hasSize(2);
      for (JsonNode each : taken) {
        JsonNode ended = served.ended(each.path("id").longValue());
        assertThat(ended.path("state").stringValue()).as(ended.toString()).isEqualTo("done");
      }
      assertThat(subject(served, "T-1")).isEqualTo("a");
    }
  }
}
