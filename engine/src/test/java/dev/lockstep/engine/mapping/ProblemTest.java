package dev.lockstep.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Problem;
import dev.lockstep.engine.sync.Leaving;
import dev.lockstep.engine.sync.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Everything that is wrong is found when the configuration is loaded, with its place and remedy.
 */
class ProblemTest {
  private static final Dataset SOURCE =
      Syncs.dataset(
          "distributors",
          "id",
          "id int!, businessName text, email text(80), amount decimal(20,4), ratio float, count int,"
              + " created timestamp, day date, local datetime, data bytes, doc json, tags list(text),"
              + " flag bool");
  private static final Dataset TARGET =
      Syncs.dataset(
          "accounts",
          "externalId",
          "externalId int!, name text(40), email text, total decimal(10,2), whole int, share float,"
              + " day date, clock time, local datetime, at timestamp, raw bytes, doc json,"
              + " tags list(int), active bool, must text!");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          nmae     | record.businessName             | 'accounts' has no field 'nmae'                   | write 'name'
          zzzzzz   | record.businessName             | 'accounts' has no field 'zzzzzz'                 | write one of externalId, name
          name     | record.busnessName              | 'distributors' has no field 'busnessName'        | write record.businessName
          name     | record.business_name            | 'distributors' has no field 'business_name'      | write record.businessName
          name     | record.emial.trim()             | column 8: 'distributors' has no field 'emial'    | write 'email'
          name     | 'x' + record.nope               | column 14: 'distributors' has no field 'nope'    | write one of id, businessName
          name     | has(record.nope) ? 'a' : 'b'    | 'distributors' has no field 'nope'               | write one of
          name     | default(record.emial, '')       | 'distributors' has no field 'emial'              | write 'email'
          name     | record.email +                  | column 15: mismatched input '<EOF>'              | correct the expression
          name     | record.email.lower()            | column 19: undeclared reference to 'lower'       | functions as the guide lists them
          name     | email                           | column 1: undeclared reference to 'email'        | write fields as record.name
          name     | recrod.email                    | column 1: undeclared reference to 'recrod'       | write fields as record.name
          name     | now()                           | undeclared reference to 'now'                    | expressions have no clock
          name     | 'n' + record.id                 | column 5: found no matching overload for '_+_' applied to '(string, int)' | string(…)
          name     | record.email * 2                | found no matching overload for '_*_'             | make both sides one type
          name     | record.email == 3 ? 'a' : 'b'   | found no matching overload for '_==_' applied to '(text, int)' | make both sides one type
          name     | default(record.count, 'none')   | the two results of ?: or default() are int and text | make them one type
          name     | record.flag ? 1 : 'x'           | found no matching overload                       | make both sides one type
          whole    | record.ratio                    | float does not become int                        | write int(record.ratio)
          whole    | record.ratio * 2.0              | float does not become int                        | write int(record.ratio * 2.0)
          whole    | record.amount                   | decimal(20,4) does not become int                | write int(record.amount)
          whole    | record.created                  | timestamp does not become int                    | write int(record.created)
          whole    | record.tags                     | list(text) does not become int                   | map a field that holds int
          whole    | 'many'                          | 'many' does not fit int                          | an int is digits
          whole    | 1.5                             | '1.5' does not fit int                           | write int(…)
          whole    | record.email.trim() + 1         | found no matching overload                       | make both sides one type
          total    | record.amount                   | decimal(20,4) does not become decimal(10,2)      | write round(record.amount, 2)
          total    | record.ratio                    | float does not become decimal(10,2)              | write round(decimal(record.ratio), 2)
          total    | 1.234                           | '1.234' does not fit decimal(10,2)               | write round(…, 2)
          total    | 123456789.00                    | does not fit decimal(10,2)                       | too large
          share    | record.amount                   | decimal(20,4) does not become float              | write double(record.amount)
          day      | record.created                  | timestamp does not become date                   | write date(record.created, 'UTC')
          day      | record.local                    | datetime does not become date                    | write date(record.local)
          day      | '0000-00-00'                    | '0000-00-00' does not fit date                   | a date is written 2026-01-31
          day      | record.count + 1                | int does not become date                         | map a field that holds date
          clock    | record.created                  | timestamp does not become time                   | write time(record.created, 'UTC')
          local    | record.created                  | timestamp does not become datetime               | write dateTime(record.created, 'UTC')
          at       | record.local                    | datetime does not become timestamp               | write timestamp(record.local, 'UTC')
          at       | record.count                    | int does not become timestamp                    | write timestamp(record.count)
          raw      | record.email                    | text(80) does not become bytes                   | write base64.decode(record.email) or bytes(record.email) for UTF-8
          email    | record.data                     | bytes does not become text                       | write base64.encode(record.data)
          email    | record.tags                     | list(text) does not become text                  | write record.tags.join(',')
          email    | duration('1h')                  | no field can hold a google.protobuf.Duration     | write string(…)
          doc      | record.data                     | bytes does not become json                       | write base64.encode(record.data)
          tags     | record.email                    | text(80) does not become list(int)               | write record.email.split(',')
          active   | record.ratio                    | float does not become bool                       | write record.ratio != 0
          active   | record.created                  | timestamp does not become bool                   | map a field that holds bool
          must     | null                            | the target's field cannot be null                | map it to a value
          """)
  void namesPlaceFaultAndRemedyOfAMapping(
      String field, String expression, String fault, String remedy) {
    List<Problem> problems =
        Syncs.problems(
            Syncs.spec(null, Leaving.KEEP, Syncs.map("externalId", "record.id", field, expression)),
            SOURCE,
            TARGET);
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().setting()).isEqualTo("map." + field);
    assertThat(problems.getFirst().message()).contains(fault);
    assertThat(problems.getFirst().remedy()).contains(remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          record.status == 'x'    | column 8: 'distributors' has no field 'status' | write one of
          record.email            | a condition is true or false, and 'record.email' is text | record.status == 'verified'
          record.id               | a condition is true or false                   | compare it
          record.email = 'x'      | column 14:                                     | correct the expression
          record.id > '5'         | found no matching overload for '_>_'           | make both sides one type
          record.flag &&          | mismatched input                               | correct the expression
          """)
  void namesPlaceFaultAndRemedyOfACondition(String where, String fault, String remedy) {
    List<Problem> problems =
        Syncs.problems(
            Syncs.spec(where, Leaving.KEEP, Syncs.map("externalId", "record.id")), SOURCE, TARGET);
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().setting()).isEqualTo("where");
    assertThat(problems.getFirst().message()).contains(fault);
    assertThat(problems.getFirst().remedy()).contains(remedy);
  }

  @Test
  void findsEverythingAtOnce() {
    assertThat(
            Syncs.problems(
                Syncs.spec(
                    "record.a == record.b",
                    Leaving.KEEP,
                    Syncs.map("nmae", "record.x", "day", "record.created", "whole", "1 +")),
                SOURCE,
                TARGET))
        .extracting(Problem::setting)
        .containsExactly("where", "where", "map.nmae", "map.nmae", "map.day", "map.whole", "key");
  }

  @Test
  void wantsTheTargetsKeyMapped() {
    Problem problem =
        Syncs.problems(
                Syncs.spec(null, Leaving.KEEP, Syncs.map("name", "record.email")), SOURCE, TARGET)
            .getFirst();
    assertThat(problem.setting()).isEqualTo("key");
    assertThat(problem.toString()).contains("'externalId' is not mapped", "add map.externalId");
  }

  @Test
  void wantsAKeyUnlessItOnlyAppends() {
    Dataset keyless = Syncs.dataset("log", "", "name text");
    var map = Syncs.map("name", "record.email");
    assertThat(Syncs.problems(Syncs.spec(null, Leaving.KEEP, map), SOURCE, keyless).getFirst())
        .hasToString(
            "key: 'log' does not say which fields identify a record; name them: key: [id], or use"
                + " mode: append");
    Mapper mapper =
        Syncs.ready(Syncs.spec(null, Leaving.KEEP, map, List.of(), Mode.APPEND), SOURCE, keyless);
    assertThat(mapper.key()).isEmpty();
  }

  @Test
  void knowsTheFieldsOfAKeyThatTheUserNames() {
    assertThat(
            Syncs.problems(
                Syncs.spec(
                    null,
                    Leaving.KEEP,
                    Syncs.map("externalId", "record.id"),
                    List.of("extrenalId"),
                    Mode.UPSERT),
                SOURCE,
                TARGET))
        .singleElement()
        .hasToString("key: 'accounts' has no field 'extrenalId'; write 'externalId'");
  }

  @Test
  void refusesToCopyNothing() {
    assertThat(
            Syncs.problems(
                Syncs.spec(null, Leaving.KEEP, Syncs.map()),
                SOURCE,
                Syncs.dataset("other", "a", "a int, b text")))
        .extracting(Problem::setting)
        .containsExactly("map", "key");
  }

  @Test
  void checksSameNamedFieldsAsItDoesMappedOnes() {
    assertThat(
            Syncs.problems(
                Syncs.spec(null, Leaving.KEEP, Syncs.map()),
                SOURCE,
                Syncs.dataset("other", "id", "id int, amount decimal(10,2), day date")))
        .singleElement()
        .hasToString(
            "map.amount: decimal(20,4) does not become decimal(10,2) by itself; add a map of all"
                + " fields, with amount so: write round(record.amount, 2) (larger numbers are then"
                + " refused one by one)");
  }

  @Test
  void warnsOfWhatMayRefuseSingleRecords() {
    assertThat(
            Syncs.warnings(
                Syncs.spec(
                    null,
                    Leaving.KEEP,
                    Syncs.map(
                        "externalId",
                        "record.id",
                        "name",
                        "record.email",
                        "share",
                        "record.count")),
                SOURCE,
                TARGET))
        .extracting(Problem::toString)
        .containsExactly(
            "map.name: text(80) may be longer than text(40) holds; records whose value does not fit"
                + " will be refused",
            "map.share: a float holds whole numbers exactly only up to 2^53; records whose value does"
                + " not fit will be refused",
            "map.must: 'accounts' needs a value for 'must', and nothing is mapped to it; map it,"
                + " unless the target fills it by itself");
  }

  @Test
  void warnsWhereADeleteDoesNotTellTheTargetsKey() {
    assertThat(
            Syncs.warnings(
                Syncs.spec(
                    null, Leaving.KEEP, Syncs.map("externalId", "record.count", "must", "'x'")),
                SOURCE,
                TARGET))
        .singleElement()
        .hasToString(
            "key: a delete in 'distributors' names [id], which does not tell the target's key"
                + " [externalId]; deletes are refused unless the source sends the record's last state"
                + " with them");
  }

  @Test
  void warnsOfFieldsLeftOutAndOfFieldsLeftEmpty() {
    assertThat(
            Syncs.warnings(
                Syncs.spec(null, Leaving.KEEP, Syncs.map()),
                Syncs.dataset("a", "id", "id int, x text"),
                Syncs.dataset("b", "id", "id int, y text!")))
        .extracting(Problem::setting)
        .containsExactly("map.y", "map");
  }

  @Test
  void boundsTheLengthOfAnExpression() {
    assertThat(longExpression("'" + "x".repeat(5_000) + "' + record.email"))
        .contains("size exceeds");
  }

  @Test
  void boundsTheDepthOfAnExpression() {
    assertThat(longExpression("string(".repeat(200) + "record.email" + ")".repeat(200)))
        .contains("make it shorter");
  }

  private static String longExpression(String expression) {
    return Syncs.problems(
            Syncs.spec(
                null, Leaving.KEEP, Syncs.map("externalId", "record.id", "name", expression)),
            SOURCE,
            TARGET)
        .toString();
  }
}
