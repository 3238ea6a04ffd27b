package dev.lockstep.server.dispatch;

import static dev.lockstep.server.dispatch.Served.EXPORT;
import static dev.lockstep.server.dispatch.Served.TRIGGERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is wrong with a trigger is told with its remedy, and nothing of it is kept. */
class BadTriggersTest {
  @TempDir private static Path folder;
  private static Served served;

  @BeforeAll
  static void open() throws Exception {
    served = Served.open(folder).withBooks(0);
  }

  @AfterAll
  static void close() {
    served.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "EXPORT | name is missing",
        "'name':'', EXPORT | name is missing",
        "'name':7, EXPORT | name is 7; send a text",
        "'name':'n' | dispatchTaskExecutorType is missing; send who carries it out, such as 'export-task'",
        "ON, EXPORT | cronExpression is missing; send when it is due",
        "ON, 'cronExpression':'*/5 * * * *', EXPORT | Unrecognized cron '*/5 * * * *': it has 5 fields",
        "OFF, 'cronExpression':'0 0 25 * * ?', EXPORT | hour '25' is not between 0 and 23",
        "ON, 'cronExpression':'0 0 0 30 2 ?', EXPORT | is never due from now on",
        "ON, 'cronExpression':'0 0 0 1 1 ? 2020', EXPORT | is never due from now on",
        "DAILY, 'timeZoneId':'Europe/Berln', EXPORT | timeZoneId 'Europe/Berln' is no time zone; write 'Europe/Berlin'",
        "DAILY, 'startDate':'2090-01-02', 'endDate':'2090-01-01', EXPORT | endDate 2090-01-01T23:59:59Z is not after startDate 2090-01-02T00:00:00Z",
        "DAILY, 'startDate':'tomorrow', EXPORT | startDate 'tomorrow' is no date; send one such as 2030-01-31",
        "DAILY, 'endDate':'+99999-01-01T00:00:00Z', EXPORT | is no date",
        "DAILY, 'endDate':'2020-01-01', EXPORT | is never due from now on",
        "'name':'n', 'active':'yes', EXPORT | active is \"yes\"; send true or false",
        "'name':'n', 'overlapAllowed':1, EXPORT | overlapAllowed is 1; send true or false",
        "'name':'n', 'dispatchTaskClusterMode':'all', EXPORT | dispatchTaskClusterMode is \"all\"; send a number",
        "DAILY, TYPE groovy, SETTINGS {} | dispatchTaskExecutorType 'groovy' is carried out by nobody here; write one of export-task, sync, object-action, or send active: false",
        "DAILY, TYPE exporttask, SETTINGS {} | write 'export-task'",
        "DAILY, TYPE sync, SETTINGS {} | dispatchTaskSettings.sync is missing",
        "DAILY, TYPE sync, SETTINGS {'sync':'partner'} | There is no sync 'partner'; write 'partners'",
        "DAILY, TYPE sync, SETTINGS {'sync':'object-actions'} | There is no sync 'object-actions'",
        "DAILY, TYPE sync, SETTINGS {'sync':'partners','ful':'true'} | dispatchTaskSettings.ful is unknown",
        "DAILY, TYPE sync, SETTINGS {'sync':'partners','full':'often'} | full is no truth value",
        "DAILY, TYPE sync, SETTINGS [] | dispatchTaskSettings is []; send {",
        "DAILY, TYPE export-task, SETTINGS {} | dispatchTaskSettings.className is missing",
        "DAILY, TYPE export-task, SETTINGS {'className':'nothing'} | Unknown class name: nothing",
        "DAILY, TYPE export-task, SETTINGS {BOOKS,'filter':'titel eq 1'} | titel",
        "DAILY, TYPE export-task, SETTINGS {BOOKS,'contentType':'PDF'} | 'PDF' is no content type",
        "DAILY, TYPE export-task, SETTINGS {BOOKS,'callbackURL':'http://127.0.0.1:1/x'} | callbackURL",
        "DAILY, TYPE export-task, SETTINGS {BOOKS,'callbackURL':'file:///etc/passwd'} | callbackURL",
        "DAILY, TYPE export-task, SETTINGS {BOOKS,'externalReferenceCode':'X'} | would be that of every task",
        "DAILY, TYPE object-action, SETTINGS {'objectEntryExternalReferenceCode':'e','objectActionName':'a','objectDefinitionExternalReferenceCode':'BOK'} | There is no published object with the external reference code 'BOK'; write 'BOOK'",
        "DAILY, TYPE object-action, SETTINGS {'objectEntryExternalReferenceCode':'e','objectActionName':'a','objectDefinitionExternalReferenceCode':'BOOK'} | exists with the name a",
      })
  void isRefused(String body, String told) throws Exception {
    Served.Answer answer = served.send("POST", TRIGGERS, "{" + written(body) + "}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    JsonNode fault = answer.json();
    assertThat(fault.path("status").asString()).isEqualTo("BAD_REQUEST");
    assertThat(fault.path("title").asString() + "; " + fault.path("detail").asString())
        .contains(told);
    assertThat(served.get(TRIGGERS).json().path("totalCount").intValue()).isZero();
  }

  private static String written(String body) {
    return body.replace("EXPORT", EXPORT)
        .replace("ON,", "'name':'n','active':true,")
        .replace("OFF,", "'name':'n','active':false,")
        .replace("DAILY", "'name':'n','active':true,'cronExpression':'0 0 2 * * ?'")
        .replace(
            "BOOKS",
            "'className':'com.liferay.object.rest.dto.v1_0.ObjectEntry',"
                + "'taskItemDelegateName':'C_Book'")
        .replaceFirst("TYPE ([a-z-]+)", "'dispatchTaskExecutorType':'$1'")
        .replace("SETTINGS ", "'dispatchTaskSettings':");
  }

  @Test
  void whatNobodyCarriesOutIsKeptUntilItIsMadeActive() throws Exception {
    String sent =
        "{'name':'from Liferay','dispatchTaskExecutorType':'groovy','cronExpression':'0 0 2 * * ?',"
            + "'dispatchTaskSettings':{'groovy-script':'println 1','deep':{'a':[1]}}}";
    String one = TRIGGERS + "/by-external-reference-code/OLD";
    JsonNode kept = served.send("PUT", one, sent).is(200).json();
    assertThat(kept.path("dispatchTaskSettings").toString())
        .isEqualTo("{\"groovy-script\":\"println 1\",\"deep\":{\"a\":[1]}}");
    assertThat(served.send("PATCH", one, "{'active':true}").is(400).body())
        .contains("'groovy' is carried out by nobody here");
    assertThat(served.send("POST", one + "/run", "").is(400).body())
        .contains("'groovy' is carried out by nobody here");
    assertThat(served.get(one).json()).isEqualTo(kept);
    served.send("DELETE", one, "").is(204);
  }

  @Test
  void namesAndCodesAreTakenOnce() throws Exception {
    long first = served.export("taken", ",'externalReferenceCode':'TAKEN'");
    assertThat(served.send("POST", TRIGGERS, "{'name':'taken'," + EXPORT + "}").is(409).body())
        .contains("Trigger " + first + " has the name taken");
    String other = "{'name':'other','externalReferenceCode':'TAKEN'," + EXPORT + "}";
    assertThat(served.send("POST", TRIGGERS, other).is(409).body())
        .contains("Trigger " + first + " has the external reference code TAKEN");
    served.send("DELETE", TRIGGERS + "/" + first, "").is(204);
  }

  @Test
  void whatIsTooLongOrNoDocumentIsRefused() throws Exception {
    String long1 =
        "{'name':'n',TYPE,'dispatchTaskSettings':{'a':'%s'}}"
            .replace("TYPE", "'dispatchTaskExecutorType':'groovy'");
    served.send("POST", TRIGGERS, long1.formatted("x".repeat(70_000))).is(400);
    served.send("POST", TRIGGERS, long1.formatted("x".repeat(300_000))).is(413);
    served.send("POST", TRIGGERS, "{'name':'" + "n".repeat(256) + "'," + EXPORT + "}").is(400);
    served.send("POST", TRIGGERS, "{'name':'n'").is(400);
    served.send("POST", TRIGGERS, "[]").is(400);
    served.get(TRIGGERS + "/abc").is(404);
    served.get(TRIGGERS + "/1/dispatch-logs").is(404);
    served.get("/o/dispatch-rest/v1.0/dispatch-logs/1").is(404);
    served.get("/o/dispatch-rest/v1.0/nothing").is(404);
  }
}
