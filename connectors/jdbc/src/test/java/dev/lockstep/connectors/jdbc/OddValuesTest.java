package dev.lockstep.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.testkit.servers.RealMariaDb;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What MariaDB and SQLite hold and no type carries. */
final class OddValuesTest {
  @TempDir Path folder;

  private static TestDatabase mariaDb() {
    RealMariaDb server = RealMariaDb.shared();
    return new TestDatabase(server.url(server.createDatabase()), server.user());
  }

  private TestDatabase sqlite() {
    return new TestDatabase("jdbc:sqlite:" + folder.resolve("odd.db"), "");
  }

  private static List<Unreadable> unreadable(List<Page> pages) {
    return pages.stream().flatMap(page -> page.unreadable().stream()).toList();
  }

  private static List<Object> ids(List<Page> pages) {
    return pages.stream()
        .flatMap(page -> page.rows().stream())
        .<Object>map(row -> String.valueOf(row.get("id")))
        .toList();
  }

  @Test
  void zeroDatesOfMariaDbStayBehindAndTheRestGoesOn() throws InterruptedException {
    TestDatabase database = mariaDb();
    database.run(
        "SET sql_mode = ''",
        "CREATE TABLE odd (id INT PRIMARY KEY, d DATE, dt DATETIME, ts TIMESTAMP NULL, ti TIME,"
            + " b TINYINT(1), big BIGINT UNSIGNED)",
        "INSERT INTO odd (id, d) VALUES (1, '2026-02-28'), (2, '0000-00-00'), (3, '2026-00-10')",
        "INSERT INTO odd (id, dt) VALUES (4, '0000-00-00 00:00:00')",
        "INSERT INTO odd (id, ts) VALUES (5, '0000-00-00 00:00:00')",
        "INSERT INTO odd (id, ti) VALUES (6, '-100:30:00')",
        "INSERT INTO odd (id, b) VALUES (7, 5)",
        "INSERT INTO odd (id, big) VALUES (8, 18446744073709551615)");
    try (Connection connection = database.open()) {
      List<Page> pages = Traffic.pages(connection, Traffic.request("odd", 3), 1);
      assertThat(ids(pages)).containsExactly("1", "8");
      assertThat(unreadable(pages))
          .extracting(Unreadable::place)
          .containsExactly(
              "table odd, id=2",
              "table odd, id=3",
              "table odd, id=4",
              "table odd, id=5",
              "table odd, id=6",
              "table odd, id=7");
      assertThat(unreadable(pages).getFirst().fault())
          .isEqualTo("column d: '0000-00-00' is no date");
      assertThat(unreadable(pages).getFirst().raw()).startsWith("id=2, d=0000-00-00");
      assertThat(pages.getLast().rows().getLast().get("big"))
          .isEqualTo(new BigDecimal("18446744073709551615"));
    }
  }

  @Test
  void aZeroDateMayEvenBeTheKey() throws InterruptedException {
    TestDatabase database = mariaDb();
    database.run(
        "SET sql_mode = ''",
        "CREATE TABLE days (d DATE PRIMARY KEY, id INT)",
        "INSERT INTO days VALUES ('0000-00-00', 0), ('2026-00-00', 1), ('2026-01-01', 2),"
            + " ('2026-01-02', 3)");
    try (Connection connection = database.open()) {
      List<Page> pages = Traffic.pages(connection, Traffic.request("days", 1), 1);
      assertThat(ids(pages)).containsExactly("2", "3");
      assertThat(unreadable(pages)).hasSize(2);
    }
  }

  @Test
  void aTypeThatCannotBeCarriedIsNamedByTheCheck() throws InterruptedException {
    TestDatabase database = mariaDb();
    database.run("CREATE TABLE places (id INT PRIMARY KEY, spot POINT)");
    try (Connection connection = database.open()) {
      assertThat(connection.check())
          .extracting(Problem::toString)
          .containsExactly(
              "tables: table places, column spot: its type point cannot be carried; leave it out of"
                  + " `map`, or read a view that casts it to text");
      assertThat(connection.describe(new DatasetId("places")).orElseThrow().schema().names())
          .containsExactly("id");
    }
  }

  @Test
  void mariaDbTypesAreDescribedAndWrittenWithoutLoss() throws InterruptedException {
    TestDatabase database = mariaDb();
    database.run(
        "CREATE TABLE many (id INT PRIMARY KEY, f FLOAT, y YEAR, e ENUM('a', 'b'), s SET('x', 'y'),"
            + " j JSON, b1 BIT(1), b9 BIT(9), u UUID, ip INET6, c CHAR(5), bin BINARY(3),"
            + " un INT UNSIGNED, t1 TINYINT, de DECIMAL(30,10), ti TIME(3), g INT AS (id * 2))",
        "INSERT INTO many (id, f, y, e, s, j, b1, b9, u, ip, c, bin, un, t1, de, ti) VALUES"
            + " (1, 16777217, 2026, 'b', 'x,y', '[1, 2]', 1, b'100000001', uuid(), '::1', 'ab',"
            + " 'xyz', 4294967295, -128, 12345678901234567890.0123456789, '12:00:00.125')",
        "CREATE TABLE more LIKE many");
    try (Connection connection = database.open()) {
      Dataset dataset = connection.describe(new DatasetId("many")).orElseThrow();
      assertThat(dataset.schema().fields().stream().map(field -> field.type().label()))
          .containsExactly(
              "int",
              "float",
              "int",
              "text",
              "text",
              "json",
              "bool",
              "bytes",
              "text(36)",
              "text",
              "text(5)",
              "bytes",
              "int",
              "int",
              "decimal(30,10)",
              "time",
              "int");
      List<Mutation> all = Traffic.upserts(Traffic.rows(connection, "many"), "id");
      assertThat(Traffic.write(connection, "more", all, "id")).containsOnly(Outcome.APPLIED);
      assertThat(Traffic.write(connection, "more", all, "id")).containsOnly(Outcome.UNCHANGED);
    }
    assertThat(
            database.text("SELECT count(*) FROM (SELECT * FROM many EXCEPT SELECT * FROM more) x"))
        .isEqualTo("0");
  }

  @Test
  void mariaDbNeverUpdatesTheRowThatAnotherUniqueIndexFinds() throws InterruptedException {
    TestDatabase database = mariaDb();
    database.run(
        "CREATE TABLE people (id INT PRIMARY KEY, mail VARCHAR(40) UNIQUE)",
        "INSERT INTO people VALUES (1, 'one@example.org')");
    Schema schema =
        Schema.of(Field.of("id", new Type.Int()), Field.of("mail", Type.Text.unlimited()));
    List<Row> rows =
        List.of(
            Row.of(schema, 2L, "one@example.org"),
            Row.of(schema, 3L, "three@example.org"),
            Row.of(schema, 4_000_000_000L, "far@example.org"));
    try (Connection connection = database.open()) {
      List<Outcome> outcomes =
          Traffic.write(connection, "people", Traffic.upserts(rows, "id"), "id");
      assertThat(outcomes.get(0)).isInstanceOf(Outcome.Rejected.class);
      assertThat(outcomes.get(1)).isEqualTo(Outcome.APPLIED);
      assertThat(outcomes.get(2)).isInstanceOf(Outcome.Rejected.class);
    }
    assertThat(database.texts("SELECT concat(id, mail) FROM people ORDER BY id"))
        .containsExactly("1one@example.org", "3three@example.org");
  }

  @Test
  void appendsToATableWithoutAKeyWhateverMakesARecordsKey() throws InterruptedException {
    TestDatabase database = sqlite();
    database.run("CREATE TABLE log (code TEXT, rev INTEGER)");
    Schema schema =
        Schema.of(Field.of("code", Type.Text.unlimited()), Field.of("rev", new Type.Int()));
    List<Mutation> mutations =
        List.of(
            new Mutation.Upsert(Key.of("a", 1L), Row.of(schema, "a", 1L)),
            new Mutation.Upsert(Key.of(2L), Row.of(schema, null, 2L)),
            new Mutation.Upsert(Key.of("a", 1L), Row.of(schema, "a", 1L)));
    Batch batch =
        new Batch("1", new DatasetId("log"), List.of(), Mode.APPEND, mutations, Optional.empty());
    try (Connection connection = database.open()) {
      assertThat(Traffic.writer(connection).write(batch)).hasSize(3).containsOnly(Outcome.APPLIED);
    }
    assertThat(database.texts("SELECT coalesce(code, '-') || rev FROM log ORDER BY rowid"))
        .containsExactly("a1", "-2", "a1");
  }

  @Test
  void valuesOfSqliteThatDenyTheirDeclaredTypeStayBehind() throws InterruptedException {
    TestDatabase database = sqlite();
    database.run(
        "CREATE TABLE odd (id INTEGER PRIMARY KEY, n INT, d DATE, t TEXT, b BLOB, f BOOLEAN,"
            + " m DECIMAL(10,2), ts TIMESTAMP)",
        "INSERT INTO odd (id, n) VALUES (1, 5), (2, 'five')",
        "INSERT INTO odd (id, d) VALUES (3, '2026-02-28'), (4, '28.02.2026'), (5, 20260228)",
        "INSERT INTO odd (id, t) VALUES (6, x'00ff')",
        "INSERT INTO odd (id, b) VALUES (7, 'text')",
        "INSERT INTO odd (id, f) VALUES (8, 'maybe'), (9, 'true')",
        "INSERT INTO odd (id, m) VALUES (10, 1.25), (11, 'much')",
        "INSERT INTO odd (id, ts) VALUES (12, '2026-01-01 10:00:00'), (13, 1767261600)");
    try (Connection connection = database.open()) {
      List<Page> pages = Traffic.pages(connection, Traffic.request("odd", 4), 1);
      assertThat(ids(pages)).containsExactly("1", "3", "9", "10", "12");
      assertThat(unreadable(pages)).hasSize(8);
      assertThat(unreadable(pages).getFirst())
          .extracting(Unreadable::place, Unreadable::fault)
          .containsExactly(
              "table odd, id=2",
              "column n: it holds the text 'five', which is no int as its declared type INT says");
    }
  }

  @Test
  void sqliteKeepsLongDecimalsOrRefusesThem() throws InterruptedException {
    TestDatabase database = sqlite();
    database.run(
        "CREATE TABLE money (id INTEGER PRIMARY KEY, loose DECIMAL(30,10), tight DECIMALTEXT(30,10))");
    Schema schema =
        Schema.of(
            Field.of("id", new Type.Int()),
            Field.of("loose", Type.Decimal.unlimited()),
            Field.of("tight", Type.Decimal.unlimited()));
    BigDecimal longest = new BigDecimal("12345678901234567890.0123456789");
    List<Mutation> all =
        Traffic.upserts(
            List.of(
                Row.of(schema, 1L, new BigDecimal("1.10"), longest),
                Row.of(schema, 2L, longest, longest),
                Row.of(schema, 3L, BigDecimal.ONE, new BigDecimal("0.00000000001"))),
            "id");
    try (Connection connection = database.open()) {
      assertThat(Traffic.write(connection, "money", all, "id"))
          .satisfiesExactly(
              first -> assertThat(first).isEqualTo(Outcome.APPLIED),
              second -> assertThat(second.toString()).contains("declare the column DECIMALTEXT"),
              third -> assertThat(third.toString()).contains("does not fit decimal(30,10)"));
      assertThat(Traffic.rows(connection, "money").getFirst().get("tight")).isEqualTo(longest);
    }
  }

  @Test
  void tablesOfSqliteWithAnyKindOfKeyResume() throws InterruptedException {
    TestDatabase database = sqlite();
    String numbers =
        " WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < 50) ";
    database.run(
        "CREATE TABLE none (id INT)",
        "INSERT INTO none" + numbers + "SELECT n FROM g",
        "CREATE TABLE texts (id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID",
        "INSERT INTO texts" + numbers + "SELECT 'k' || n FROM g",
        "CREATE TABLE mixed (a INT, id ANY, PRIMARY KEY (a, id)) WITHOUT ROWID",
        "INSERT INTO mixed"
            + numbers
            + "SELECT n / 10, CASE n % 3 WHEN 0 THEN n WHEN 1 THEN 't' || n ELSE n + 0.5 END FROM g");
    try (Connection connection = database.open(Map.of("fetchRows", "3"))) {
      for (String table : List.of("none", "texts", "mixed")) {
        List<Page> pages = Traffic.pages(connection, Traffic.request(table, 7), 1);
        assertThat(ids(pages)).as(table).hasSize(50).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void oneFileMayBeReadAndWrittenAtOnce() throws InterruptedException {
    TestDatabase database = sqlite();
    database.run(
        "CREATE TABLE one (id INTEGER PRIMARY KEY, v TEXT)",
        "CREATE TABLE two (id INTEGER PRIMARY KEY, v TEXT)",
        "INSERT INTO one WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < 500)"
            + " SELECT n, 'v' || n FROM g");
    try (Connection connection = database.open()) {
      for (Page page : Traffic.pages(connection, Traffic.request("one", 50), 2)) {
        Traffic.write(connection, "two", Traffic.upserts(page.rows(), "id"), "id");
      }
      assertThat(Traffic.write(connection, "two", List.of(new Mutation.Delete(Key.of(3L))), "id"))
          .containsExactly(Outcome.APPLIED);
    }
    assertThat(database.text("SELECT count(*) FROM two")).isEqualTo("499");
  }

  @Test
  void aListIsKeptAsJsonWhereThereAreNoArrays() throws InterruptedException {
    Schema schema =
        Schema.of(
            new Field("id", new Type.Int(), false),
            Field.of("tags", new Type.ListOf(Type.Text.unlimited())));
    Dataset wanted = Dataset.of("tagged", schema, "id");
    Row row = Row.of(schema, 1L, List.of("a\"b", "line\nfeed", "\\"));
    for (TestDatabase database : List.of(sqlite(), mariaDb())) {
      try (Connection connection = database.open()) {
        connection.creator().orElseThrow().create(wanted);
        List<Mutation> all = Traffic.upserts(List.of(row), "id");
        assertThat(Traffic.write(connection, "tagged", all, "id")).containsOnly(Outcome.APPLIED);
        assertThat(Traffic.write(connection, "tagged", all, "id")).containsOnly(Outcome.UNCHANGED);
        assertThat(Traffic.rows(connection, "tagged").getFirst().get("tags"))
            .hasToString("[\"a\\\"b\",\"line\\u000afeed\",\"\\\\\"]");
      }
    }
  }

  @Test
  void aTableWithoutAKeyInMariaDbIsCountedAndMayBeLeftInTheMiddle() throws InterruptedException {
    TestDatabase database = mariaDb();
    database.run("CREATE TABLE loose (id INT)", "INSERT INTO loose SELECT seq FROM seq_1_to_3000");
    try (Connection connection = database.open(Map.of("connections", 1, "fetchRows", 10))) {
      List<Page> pages = Traffic.pages(connection, Traffic.request("loose", 700), 3);
      assertThat(ids(pages)).hasSize(3000).doesNotHaveDuplicates();
      BulkReader reader = connection.bulkReader().orElseThrow();
      Partition partition = reader.plan(Traffic.request("loose", 700), 1).getFirst();
      Optional<Position> after = Optional.of(pages.getFirst().resumeAfter());
      for (int i = 0; i < 3; i++) {
        try (Cursor<Page> cursor = reader.read(partition, after)) {
          assertThat(cursor.next().orElseThrow().rows().getFirst().get("id")).isEqualTo(701L);
        }
      }
    }
  }
}
