package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.connectors.jdbc.Values;
import dev.lockstep.testkit.servers.RealPostgres;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PostgresTypesTest {
  private static final String TABLE =
      """
      CREATE TABLE %s (
        id bigint PRIMARY KEY, i2 int2, i4 int4, i8 int8, f4 float4, f8 float8, b bool, t text,
        v varchar(20), c char(8), n numeric, np numeric(12,3), d date, ti time, ts timestamp,
        tz timestamptz, u uuid, by bytea, j json, jb jsonb, m mood, dom label, ip inet, iv interval,
        r int4range, ai int[], at text[], au uuid[], an numeric[], am mood[], aip inet[], tt timetz,
        mo money, bits bit(5), p point, x xml, nm name, "Odd ""name" text)\
      """;
  private static final String FILL =
      """
      INSERT INTO one SELECT g, (random() * 60000 - 30000)::int2, (random() * 4e9 - 2e9)::int4,
        (random() * 1.8e19 - 9e18)::int8, random() * 1e10, random() * 1e100 - 5e99, g %% 2 = 0,
        repeat(md5(g::text) || 'ü😀"\\,{}', g %% 4), left(md5(g::text), g %% 20), left('abc', g %% 4),
        (random() * 1e6)::numeric * power(10::numeric, (g %% 40 - 20)), (random() * 1e8)::numeric(12,3),
        date '2000-01-01' + (random() * 1e6 - 7e5)::int, time '00:00' + random() * interval '86399 s',
        timestamp '2000-01-01' + (random() * 1e11 - 5e10) * interval '1 s',
        timestamptz '2000-01-01' + (random() * 1e11 - 5e10) * interval '1 s',
        gen_random_uuid(), decode(md5(g::text), 'hex'), ('{"a": ' || g || '}')::json,
        ('[' || g || ', null, "x"]')::jsonb, (ARRAY['sad', 'it''s ok', 'ü'])[1 + g %% 3]::mood,
        'l' || g, ('10.0.0.' || g %% 255)::inet, g * interval '1 day 3 s', int4range(g, g + 5),
        ARRAY[g, NULL, -g], ARRAY['NULL', NULL, 'a"b\\c,{}', ''], ARRAY[gen_random_uuid()],
        ARRAY[1.50, g / 7.0], ARRAY['sad', NULL]::mood[], ARRAY['::1'::inet], '10:11:12.5+03',
        g * 1.5, (g %% 32)::bit(5), point(g, 0.5), xmlparse(content '<a>' || g || '</a>'), 'n' || g, 'o'
      FROM generate_series(1, %d) g\
      """;

  private final RealPostgres server = RealPostgres.newest();
  private final TestDatabase database =
      new TestDatabase(server.url(server.createDatabase()), server.user());

  private void tables(int rows) {
    database.run(
        "CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'ü')",
        "CREATE DOMAIN label AS varchar(12) CHECK (value <> 'forbidden')",
        TABLE.formatted("one"),
        TABLE.formatted("two"),
        "SELECT setseed(0.42)",
        FILL.formatted(rows),
        "INSERT INTO one (id) VALUES (-1)");
  }

  @Test
  void copyAndPlainReadsAgreeOnEveryType() throws InterruptedException {
    tables(400);
    try (Connection fast = database.open();
        Connection slow = database.open(Map.of("copy", "false", "fetchRows", "7"))) {
      List<Row> copied = Traffic.rows(fast, "public.one");
      assertThat(copied).hasSize(401);
      List<Row> plain = Traffic.rows(slow, "public.one");
      assertThat(plain).hasSize(401);
      for (int i = 0; i < 401; i++) {
        assertThat(texts(copied.get(i))).isEqualTo(texts(plain.get(i)));
      }
      assertThat(copied.getFirst().schema().size()).isEqualTo(38);
      copied.forEach(PostgresTypesTest::carried);
    }
  }

  private static void carried(Row row) {
    for (Field field : row.schema().fields()) {
      Object value = row.get(field.name());
      if (value != null) {
        assertThat(value).as(field.toString()).isInstanceOf(field.type().carrier());
      }
    }
  }

  /** With the carriers' classes and a decimal's scale. */
  private static List<String> texts(Row row) {
    return row.schema().names().stream()
        .map(name -> {
          Object value = row.get(name);
          return name + (value == null ? "" : ": " + value.getClass() + Values.print(value));
        })
        .toList();
  }

  @Test
  void everyTypeIsWrittenBackAsItWasByEveryWay() throws InterruptedException {
    tables(700);
    for (Map<String, String> way : List.of(Map.of("copy", "true"), Map.of("copy", "false"))) {
      database.run("TRUNCATE two");
      try (Connection connection = database.open(way)) {
        List<Mutation> all = Traffic.upserts(Traffic.rows(connection, "public.one"), "id");
        assertThat(Traffic.write(connection, "public.two", all, "id"))
            .containsOnly(Outcome.APPLIED);
        same();
        // Staged or by arrays, compared and found unchanged, and then changed.
        assertThat(Traffic.write(connection, "public.two", all, "id"))
            .containsOnly(Outcome.UNCHANGED);
        database.run(
            "UPDATE two SET j = NULL, at = '{}', ip = '::2', t = upper(t) WHERE id % 2 = 0");
        List<Outcome> outcomes = Traffic.write(connection, "public.two", all, "id");
        assertThat(Traffic.count(outcomes, Outcome.APPLIED)).isEqualTo(350);
        same();
      }
    }
  }

  private void same() {
    String missing = "SELECT t::text FROM %s t EXCEPT ALL SELECT t::text FROM %s t";
    assertThat(database.texts(missing.formatted("one", "two"))).isEmpty();
    assertThat(database.texts(missing.formatted("two", "one"))).isEmpty();
  }

  @Test
  void aColumnThatCopyTakesDirectlyGoesThroughItIntoAnEmptyTable() throws InterruptedException {
    database.run(
        "CREATE TABLE one AS SELECT g AS id, 'name ' || g AS name FROM generate_series(1, 3000) g",
        "CREATE TABLE two (id int PRIMARY KEY, name text)");
    try (Connection connection = database.open()) {
      List<Mutation> all = Traffic.upserts(Traffic.rows(connection, "public.one"), "id");
      assertThat(Traffic.write(connection, "public.two", all.subList(0, 1000), "id"))
          .containsOnly(Outcome.APPLIED);
      database.run("UPDATE two SET name = 'other' WHERE id = 7");
      // Half of these are there: the direct way ends, and nothing is written twice.
      List<Outcome> outcomes = Traffic.write(connection, "public.two", all.subList(0, 2000), "id");
      assertThat(Traffic.count(outcomes, Outcome.APPLIED)).isEqualTo(1001);
      assertThat(outcomes.get(6)).isEqualTo(Outcome.APPLIED);
      assertThat(Traffic.count(outcomes, Outcome.UNCHANGED)).isEqualTo(999);
      Traffic.write(connection, "public.two", all.subList(2000, 3000), "id");
    }
    assertThat(database.text("SELECT count(*) FROM one JOIN two USING (id, name)"))
        .isEqualTo("3000");
  }

  @Test
  void aDescriptionNamesTypesOfDomainsAndArrays() throws InterruptedException {
    tables(0);
    try (Connection connection = database.open()) {
      Dataset dataset = connection.describe(new DatasetId("one")).orElseThrow();
      assertThat(label(dataset, "dom")).isEqualTo("text(12)");
      assertThat(label(dataset, "np")).isEqualTo("decimal(12,3)");
      assertThat(label(dataset, "an")).isEqualTo("list(decimal)");
      assertThat(label(dataset, "aip")).isEqualTo("list(text)");
      assertThat(label(dataset, "c")).isEqualTo("text(8)");
      assertThat(dataset.key()).containsExactly("id");
    }
  }

  private static String label(Dataset dataset, String field) {
    return dataset.schema().field(dataset.schema().indexOf(field)).type().label();
  }
}
