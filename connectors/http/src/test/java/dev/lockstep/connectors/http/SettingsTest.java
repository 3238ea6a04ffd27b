package dev.lockstep.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a description is found offline, all of it at once. */
class SettingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "auth: {} | auth",
        "auth: {bearer: x, header: {name: a, value: b}} | auth",
        "auth: {bearer: \"two\\nlines\"} | auth",
        "auth: {oauth2: {tokenUrl: 'http://a_b/token', clientId: a, clientSecret: b}} | auth.oauth2.tokenUrl",
        "headers: {Host: other} | headers.Host",
        "headers: {'a b': x} | headers.a b",
        "headers: {X: \"a\\r\\nb\"} | headers.X",
        "timeout: {request: 0s} | timeout.request",
        "timeout: {connect: 99d} | timeout.connect",
        "maxRecord: 2GiB | maxRecord",
      })
  void findsAFaultOfTheSystem(String setting, String place) {
    assertThat(
            problems(
                "url: 'http://h/x'\n" + setting + "\ndatasets: {a: {key: id, get: '/a/{id}'}}"))
        .extracting(Problem::setting)
        .containsExactly(place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{key: id} | datasets.a",
        "{get: '/a/{id}'} | datasets.a.get",
        "{key: id, get: '/a/{name}'} | datasets.a.get",
        "{key: id, get: '/a#b/{id}'} | datasets.a.get",
        "{key: id, get: '/a/{id'} | datasets.a.get",
        "{key: id, get: '/a/{}'} | datasets.a.get",
        "{key: id, get: '/a b/{id}'} | datasets.a.get",
        "{key: [id, id], get: '/a/{id}'} | datasets.a.key",
        "{key: id, fields: {name: text}, get: '/a/{id}'} | datasets.a.key",
        "{key: id, fields: {id: string}, get: '/a/{id}'} | datasets.a.fields.id",
        "{upsert: {put: '/a/{id}'}} | datasets.a.key",
        "{key: id, upsert: {}} | datasets.a.upsert",
        "{key: id, upsert: {put: '/a/{id}', post: /a}} | datasets.a.upsert",
        "{key: id, create: {post: /a}} | datasets.a.create",
        "{key: id, update: {put: '/a/{id}'}} | datasets.a.update",
        "{key: id, upsert: {put: '/a/{id}'}, create: {post: /a}, update: {put: '/a/{id}'}} | datasets.a.upsert",
        "{key: id, delete: {delete: '/a/{name}'}} | datasets.a.delete",
        "{key: id, batch: {post: '/a/{id}/batch'}} | datasets.a.batch",
        "{key: id, batch: {post: /a, status: s}} | datasets.a.batch",
        "{key: id, batch: {post: /a, results: r, ok: [x]}} | datasets.a.batch.ok",
        "{key: id, lookup: {get: /a}} | datasets.a.lookup.get",
        "{key: [id, x], lookup: {get: '/a?{keys}'}} | datasets.a.lookup",
        "{list: {get: '/a?x={nonsense}'}} | datasets.a.list.get",
        "{list: {get: /a, paging: page}} | datasets.a.list.get",
        "{list: {get: '/a?c={cursor}'}} | datasets.a.list.next",
        "{list: {get: '/a?s={since}'}} | datasets.a.list.since",
        "{list: {get: /a, since: {field: t}}} | datasets.a.list.get",
        "{list: {get: '/a?p={page}', until: short}} | datasets.a.list.until",
        "{list: {get: /a}, errors: {abc: retry}} | datasets.a.errors.abc",
        "{list: {get: /a}, errors: {199: retry}} | datasets.a.errors.199",
      })
  void findsAFaultOfADataset(String dataset, String place) {
    List<Problem> problems = problems("url: 'http://h/x'\ndatasets: {a: " + dataset + "}");
    assertThat(problems).extracting(Problem::setting).contains(place);
    assertThat(problems).allSatisfy(problem -> assertThat(problem.remedy()).isNotBlank());
  }

  @Test
  void findsAllFaultsAtOnce() {
    assertThat(
            problems(
                """
                url: http://me:secret-word@h/x
                auth: {}
                timeout: {page: 0s}
                datasets:
                  a: {key: id, upsert: {}, errors: {x: retry}}
                  b: {list: {get: '/b?c={cursor}'}}
                """))
        .extracting(Problem::setting)
        .containsExactlyInAnyOrder(
            "url",
            "auth",
            "timeout.page",
            "datasets.a.upsert",
            "datasets.a.errors.x",
            "datasets.a",
            "datasets.b.list.next");
    assertThat(
            problems("url: http://me:secret-word@h/x\ndatasets: {a: {list: {get: /a}}}").toString())
        .doesNotContain("secret-word");
  }

  private static List<Problem> problems(String yaml) {
    Settings settings = Yaml.settings(yaml);
    return new HttpConnector().validate(settings);
  }
}
