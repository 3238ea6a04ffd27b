package dev.lockstep.connectors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.connectors.jdbc.TableName;
import dev.lockstep.testkit.servers.RealPostgres;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From PostgreSQL to PostgreSQL every value of every type arrives as it was, by every way. */
final class PostgresRoundTripTest {
  /** Enough rows for the ways that are worth it for many only. */
  private static final int COPIES = 600;

  private static final int FEW = 12;

  private static TestDatabase database(RealPostgres server) {
    TestDatabase database = new TestDatabase(server.url(server.createDatabase()), server.user());
    database.run(PgSamples.SETUP.toArray(String[]::new));
    return database;
  }

  @Test
  void everyTypePassesThroughPostgres15() throws InterruptedException {
    assertThat(passes(database(RealPostgres.debian15()), 15)).isEqualTo(119);
  }

  @Test
  void everyTypePassesThroughPostgres18() throws InterruptedException {
    assertThat(passes(database(RealPostgres.bundled18()), 18)).isEqualTo(120);
  }

  /** All types at once: what COPY takes straight in one table, what travels as text in another. */
  private static int passes(TestDatabase database, int version) throws InterruptedException {
    List<PgSamples.Sample> samples =
        PgSamples.all().stream().filter(sample -> sample.since() <= version).toList();
    List<PgSamples.Sample> straight = new ArrayList<>();
    List<PgSamples.Sample> asText = new ArrayList<>();
    List<Boolean> binary = binary(database, samples);
    for (int i = 0; i < samples.size(); i++) {
      (binary.get(i) ? straight : asText).add(samples.get(i));
    }
    try (Connection copying = database.open();
        Connection plain = database.open(Map.of("copy", "false", "fetchRows", "7"))) {
      new Trial(database, straight, "straight").passes(copying, plain);
      new Trial(database, asText, "as_text").passes(copying, plain);
    }
    return samples.size();
  }

  /** Whether COPY takes a type straight. */
  private static List<Boolean> binary(TestDatabase database, List<PgSamples.Sample> samples) {
    new Trial(database, samples, "probe").create("probe");
    try (java.sql.Connection connection = database.connect()) {
      return new PostgresCatalog(connection)
          .tables(Optional.of(new TableName("public", "probe"))).getFirst().columns().stream()
              .skip(1)
              .map(column -> ((PgCodec) column.codec()).isBinary())
              .toList();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The way of some types from a table to another, a column each. */
  private record Trial(TestDatabase database, List<PgSamples.Sample> samples, String name) {

    void passes(Connection copying, Connection plain) throws InterruptedException {
      create(source());
      create(target());
      List<Row> followed = followed(copying);
      List<Row> rows = read(copying);
      same(rows, read(plain), "without COPY");
      same(rows, followed, "in the log");
      for (Connection way : List.of(copying, plain)) {
        small(way, rows);
        overwritten(way, rows);
        large(way, rows);
      }
      transacted(copying, rows);
    }

    private void same(List<Row> rows, List<Row> others, String way) {
      assertThat(others).hasSameSizeAs(rows);
      for (int i = 0; i < rows.size(); i++) {
        for (String column : rows.get(i).schema().names()) {
          assertThat(shown(others.get(i).get(column)))
              .as("%s %s, row %d", label(column), way, i)
              .isEqualTo(shown(rows.get(i).get(column)));
        }
      }
    }

    /** Fills the source, and answers what its log says of it. */
    private List<Row> followed(Connection connection) throws InterruptedException {
      ChangeReader reader = connection.changeReader().orElseThrow();
      Subscription subscription =
          new Subscription(name, List.of(new DatasetId("public." + source())));
      Position start = reader.subscribe(subscription);
      reader.handedOver(subscription);
      int most = fill();
      List<Row> rows = new ArrayList<>();
      try (ChangeCursor cursor = reader.read(subscription, start)) {
        while (rows.size() < most) {
          for (Change change : cursor.next(1000, Duration.ofSeconds(1)).changes()) {
            assertThat(change).isInstanceOf(Change.Upserted.class);
            rows.add(((Change.Upserted) change).row());
          }
        }
      }
      reader.unsubscribe(subscription);
      return rows;
    }

    /** With its class, and bytes by their content. */
    private static String shown(@Nullable Object value) {
      return switch (value) {
        case null -> "null";
        case List<?> list -> list.stream().map(Trial::shown).toList().toString();
        case byte[] bytes -> HexFormat.of().formatHex(bytes);
        default -> value.getClass().getSimpleName() + " " + value;
      };
    }

    private String source() {
      return name + "_from";
    }

    private String target() {
      return name + "_to";
    }

    private String label(String column) {
      return column.equals("id")
          ? column
          : samples.get(Integer.parseInt(column.substring(1))).type();
    }

    private void create(String table) {
      StringBuilder columns = new StringBuilder("id bigint PRIMARY KEY");
      for (int i = 0; i < samples.size(); i++) {
        columns.append(", v").append(i).append(' ').append(samples.get(i).type());
      }
      database.run("CREATE TABLE " + table + " (" + columns + ")");
    }

    /** A row for each value of the type that has the most; the last holds nulls alone. */
    private int fill() {
      int most = samples.stream().mapToInt(sample -> sample.values().size()).max().orElseThrow();
      List<String> statements = new ArrayList<>();
      for (int i = 0; i < most; i++) {
        int at = i;
        statements.add(
            samples.stream()
                .map(sample -> sample.values().get(at % sample.values().size()))
                .collect(
                    Collectors.joining(
                        ", ", "INSERT INTO " + source() + " VALUES (" + at + ", ", ")")));
      }
      statements.add("INSERT INTO " + source() + " VALUES (" + most + ")");
      database.run(statements.toArray(String[]::new));
      return statements.size();
    }

    private List<Row> read(Connection connection) throws InterruptedException {
      List<Page> pages = Traffic.pages(connection, Traffic.request("public." + source(), 100), 1);
      assertThat(pages.stream().flatMap(page -> page.unreadable().stream())).isEmpty();
      List<Row> rows = pages.stream().flatMap(page -> page.rows().stream()).toList();
      assertThat(rows).hasSizeGreaterThan(5);
      return rows;
    }

    private List<Outcome> write(Connection connection, List<Row> rows) throws InterruptedException {
      return Traffic.write(connection, "public." + target(), Traffic.upserts(rows, "id"), "id");
    }

    private void small(Connection connection, List<Row> rows) throws InterruptedException {
      database.run("TRUNCATE " + target());
      assertThat(write(connection, rows)).containsOnly(Outcome.APPLIED);
      equal();
      assertThat(write(connection, rows)).containsOnly(Outcome.UNCHANGED);
    }

    /** Each value in the place of another, some of which the type takes for equal. */
    private void overwritten(Connection connection, List<Row> rows) throws InterruptedException {
      List<Row> moved = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        moved.add(numbered(rows.get((i + 1) % rows.size()), (Long) rows.get(i).get("id")));
      }
      write(connection, moved);
      write(connection, rows);
      equal();
    }

    /** As the followed log is applied: in a transaction, into nothing and then over other rows. */
    private void transacted(Connection connection, List<Row> rows) throws InterruptedException {
      database.run("TRUNCATE " + target());
      String dataset = "public." + target();
      for (int shift : List.of(1, 0)) {
        List<Row> moved = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
          moved.add(numbered(rows.get((i + shift) % rows.size()), (Long) rows.get(i).get("id")));
        }
        Batch batch = Traffic.batch(dataset, Traffic.upserts(moved, "id"), "id");
        try (Writer.Transaction transaction =
            Traffic.writer(connection).begin(new DatasetId(dataset))) {
          assertThat(transaction.write(List.of(batch)).getFirst())
              .doesNotHaveAnyElementsOfTypes(Outcome.Rejected.class, Outcome.Deferred.class);
          transaction.commit("round trip", "entry " + shift);
        }
      }
      equal();
    }

    private static Row numbered(Row row, @Nullable Long id) {
      @Nullable Object[] values = row.values().clone();
      values[0] = id;
      return new Row(row.schema(), values);
    }

    private void large(Connection connection, List<Row> rows) throws InterruptedException {
      database.run("TRUNCATE " + target());
      List<Row> many = new ArrayList<>();
      for (int i = 0; i < COPIES; i++) {
        // The last ones hold numbers of a hundred thousand digits, once are enough.
        many.add(
            numbered(rows.get(i < rows.size() ? i : i % Math.min(FEW, rows.size())), (long) i));
      }
      // Straight into the empty table where COPY takes it, then over what is there.
      assertThat(write(connection, many)).containsOnly(Outcome.APPLIED);
      database.run("UPDATE " + target() + " SET v0 = NULL WHERE id % 2 = 0");
      write(connection, many);
      assertThat(database.text("SELECT count(*) FROM " + target())).isEqualTo("" + COPIES);
      database.run("DELETE FROM " + target() + " WHERE id >= " + rows.size());
      equal();
    }

    /** By what the types' own output functions say. */
    private void equal() {
      String missing = "SELECT t::text FROM %s t EXCEPT ALL SELECT t::text FROM %s t";
      if (!database.texts(missing.formatted(source(), target())).isEmpty()
          || !database.texts(missing.formatted(target(), source())).isEmpty()) {
        assertThat(differences()).isEmpty();
        throw new AssertionError("the rows differ");
      }
    }

    private List<String> differences() {
      List<String> differences = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        String pair = "(SELECT x::text FROM (SELECT %s.v" + i + ") x)";
        String one = pair.formatted("a");
        String other = pair.formatted("b");
        String sql =
            "SELECT left(%s, 80) || ' became ' || left(%s, 80) FROM %s a JOIN %s b USING (id) WHERE %s IS DISTINCT FROM %s";
        for (String text :
            database.texts(sql.formatted(one, other, source(), target(), one, other))) {
          differences.add(samples.get(i).type() + ": " + text);
        }
      }
      return differences;
    }
  }

  @Test
  void whatNoCarrierHoldsIsReadAsASpecialValue() throws InterruptedException {
    TestDatabase database = database(RealPostgres.newest());
    database.run(
        "CREATE TABLE odd (id int PRIMARY KEY, n numeric, d date, ts timestamptz, a int[], tm time)",
        "INSERT INTO odd VALUES (1, 'NaN', 'infinity', '-infinity', '{{1,2},{3,4}}', '24:00')");
    try (Connection connection = database.open()) {
      Row row = Traffic.rows(connection, "public.odd").getFirst();
      assertThat(List.of(row.values()).subList(1, 6))
          .containsExactly(
              new Special("NaN"),
              new Special("infinity"),
              new Special("-infinity"),
              new Special("{{1,2},{3,4}}"),
              new Special("24:00:00"));
    }
  }

  @Test
  void aValueThatAColumnDoesNotHoldIsRefused() throws InterruptedException {
    TestDatabase database = database(RealPostgres.newest());
    refused(database, "numeric(5,2)", new Special("Infinity"));
    refused(database, "numeric", new Special("infinity"));
    refused(database, "numeric", new BigDecimal("1e131072"));
    refused(database, "numeric", new BigDecimal("1e-16384"));
    refused(database, "numeric(3,-2)", new BigDecimal("150"));
    refused(database, "numeric(2,5)", new BigDecimal("0.001"));
    refused(database, "date", new Special("24:00:00"));
    refused(database, "date", LocalDate.of(5874898, 1, 1));
    refused(database, "timestamp", new Special("tomorrow"));
    refused(database, "timestamp", LocalDateTime.of(294277, 1, 1, 0, 0));
    refused(database, "time", new Special("infinity"));
    refused(database, "int", new Special("NaN"));
    refused(database, "text", new Special("NaN"));
    refused(database, "json", new Special("NaN"));
    for (String array :
        List.of(
            "1", "{", "{{1},2}", "{{1},{2,3}}", "{a}", "[0:0]={{1}}", "{1}x", "{99999999999}")) {
      refused(database, "int[]", new Special(array));
    }
    refused(database, "inet[]", new Special("{{no address}}"));
  }

  private static void refused(TestDatabase database, String type, Object value)
      throws InterruptedException {
    database.run(
        "DROP TABLE IF EXISTS takes", "CREATE TABLE takes (id int PRIMARY KEY, v " + type + ")");
    Row row =
        Row.of(
            Schema.of(new Field("id", new Type.Int(), false), Field.of("v", new Type.Any())),
            1L,
            value);
    List<Mutation> mutations = List.of(new Mutation.Upsert(Key.of(1L), row));
    try (Connection fresh = database.open()) {
      assertThat(Traffic.write(fresh, "public.takes", mutations, "id"))
          .as(type + " " + value)
          .singleElement()
          .isInstanceOfSatisfying(
              Outcome.Rejected.class, it -> assertThat(it.remedy()).isNotBlank());
    }
  }
}
