package dev.lockstep.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.engine.sync.Leaving;
import dev.lockstep.engine.sync.Mode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MapperTest {
  private static final Dataset DISTRIBUTORS =
      Syncs.dataset(
          "distributors",
          "externalReferenceCode",
          "externalReferenceCode text!, businessName text, email text, status text, notes text");
  private static final Dataset ACCOUNTS =
      Syncs.dataset("accounts", "externalId", "externalId text!, name text, email text");

  private static Mapper verifiedDistributors() {
    return Syncs.ready(
        Syncs.spec(
            "record.status == 'verified'",
            Leaving.KEEP,
            Syncs.map(
                "externalId", "record.externalReferenceCode",
                "name", "record.businessName",
                "email", "record.email.lowerAscii()")),
        DISTRIBUTORS,
        ACCOUNTS);
  }

  private static Row distributor(String email, String status) {
    return Row.of(DISTRIBUTORS.schema(), "D-1", "Acme", email, status, "");
  }

  @Test
  void mapsVerifiedDistributorsToAccounts() {
    Mapper mapper = verifiedDistributors();
    assertThat(mapper.upserted(distributor("Info@Acme.EXAMPLE", "verified"), Optional.empty()))
        .isEqualTo(
            new Mapper.Mapped.Upsert(
                Key.of("D-1"), Row.of(mapper.schema(), "D-1", "Acme", "info@acme.example")));
    assertThat(mapper.upserted(distributor("x", "draft"), Optional.empty()))
        .isEqualTo(new Mapper.Mapped.Filtered());
    assertThat(mapper.deleted(Key.of("D-1"), Optional.empty()))
        .isEqualTo(new Mapper.Mapped.Delete(Key.of("D-1")));
    assertThat(mapper.key()).containsExactly("externalId");
    assertThat(mapper.reads())
        .containsExactly("externalReferenceCode", "businessName", "email", "status");
  }

  @Test
  void copiesBalancesFieldByFieldWithoutAMap() {
    Dataset balances = Syncs.dataset("balances", "id", "id int!, balance decimal(15,2), note text");
    Dataset copy = Syncs.dataset("copy", "id", "id int!, balance decimal(15,2)");
    Mapper mapper = Syncs.ready(Syncs.spec(null, Leaving.KEEP, Syncs.map()), balances, copy);
    assertThat(
            mapper.upserted(
                Row.of(balances.schema(), 7L, new BigDecimal("1.50"), "x"), Optional.empty()))
        .isEqualTo(
            new Mapper.Mapped.Upsert(
                Key.of(7L), Row.of(copy.schema(), 7L, new BigDecimal("1.50"))));
    assertThat(mapper.reads()).containsExactly("id", "balance");
  }

  @Test
  void sharesTheValuesOfARowThatNeedsNoChange() {
    Dataset dataset = Syncs.dataset("a", "id", "id int!, name text");
    Mapper mapper = Syncs.ready(Syncs.spec(null, Leaving.KEEP, Syncs.map()), dataset, dataset);
    Row row = Row.of(dataset.schema(), 1L, "x");
    assertThat(upserted(mapper, row).values()).isSameAs(row.values());
  }

  @Test
  void keepsAbsentAbsentAndNullNull() {
    Dataset source = Syncs.dataset("a", "id", "id int!, b int, c int");
    Dataset target = Syncs.dataset("t", "id", "id int!, b text, c text, d text");
    Mapper mapper =
        Syncs.ready(
            Syncs.spec(
                null,
                Leaving.KEEP,
                Syncs.map("id", "record.id", "b", "record.b", "c", "record.c", "d", "'x'")),
            source,
            target);
    assertThat(upserted(mapper, Row.of(source.schema(), 1L, Row.ABSENT, null)).values())
        .containsExactly(1L, Row.ABSENT, null, "x");
  }

  @Test
  void refusesNullForAFieldThatCannotBeNull() {
    Dataset source = Syncs.dataset("a", "id", "id int!, name text");
    Dataset target = Syncs.dataset("t", "id", "id int!, name text!");
    Mapper mapper = Syncs.ready(Syncs.spec(null, Leaving.KEEP, Syncs.map()), source, target);
    assertThat(mapper.upserted(Row.of(source.schema(), 1L, null), Optional.empty()))
        .hasToString(
            "Refused[reason=field 'name': it is null, and the target's field cannot be, remedy=map it"
                + " with a value for that case: default(record.…, …)]");
  }

  @Test
  void followsASourceWhoseRowsDifferFromWhatItDeclared() {
    Dataset source = Syncs.open("a", "id", "id int");
    Dataset target = Syncs.dataset("t", "id", "id int!, name text(5), day date");
    Mapper mapper = Syncs.ready(Syncs.spec(null, Leaving.KEEP, Syncs.map()), source, target);
    Schema first = Schema.of(any("name"), any("id"));
    Schema second = Schema.of(Field.of("id", new Type.Int()), any("extra"), any("day"));
    Schema third = Schema.of(any("id"), Field.of("day", new Type.Timestamp()));
    assertThat(upserted(mapper, Row.of(first, "x", 1L)).values())
        .containsExactly(1L, "x", Row.ABSENT);
    assertThat(upserted(mapper, Row.of(second, 2L, true, "2026-01-31")).get("day"))
        .hasToString("2026-01-31");
    assertThat(
            mapper
                .upserted(Row.of(third, 3L, java.time.Instant.EPOCH), Optional.empty())
                .toString())
        .contains(
            "field 'day': '1970-01-01T00:00:00Z' does not fit date", "date(record.day, 'UTC')");
    assertThat(mapper.reads()).isEmpty();
  }

  @Test
  void staysBoundedWithASourceThatMakesASchemaPerRow() {
    Dataset source = Syncs.open("a", "id", "id int");
    Mapper mapper =
        Syncs.ready(
            Syncs.spec(null, Leaving.KEEP, Syncs.map()), source, Syncs.open("t", "id", "id int"));
    for (long i = 0; i < 1_000; i++) {
      Schema schema = Schema.of(any("f" + i), any("id"));
      assertThat(upserted(mapper, Row.of(schema, "v", i)).get("f" + i)).isEqualTo("v");
    }
  }

  @Test
  void passesEverythingOnToATargetThatTakesEverything() {
    Dataset source = Syncs.open("a", "id", "id int, amount decimal(9,2)");
    Dataset target = Syncs.open("topic", "id", "amount text");
    Mapper mapper = Syncs.ready(Syncs.spec(null, Leaving.KEEP, Syncs.map()), source, target);
    Schema sent = Schema.of(any("id"), Field.of("amount", new Type.Decimal(9, 2)), any("surprise"));
    Row row = upserted(mapper, Row.of(sent, 1L, new BigDecimal("2.50"), new JsonText("{}")));
    assertThat(row.schema().names()).containsExactly("id", "amount", "surprise");
    assertThat(row.values()).containsExactly(1L, "2.50", new JsonText("{}"));
  }

  @Test
  void givesTheFieldsOfANewTargetTheTypesOfTheirExpressions() {
    Mapper mapper =
        Syncs.ready(
            Syncs.spec(
                null,
                Leaving.KEEP,
                Syncs.map(
                    "id", "record.externalReferenceCode",
                    "length", "size(record.businessName)",
                    "kind", "'distributor'",
                    "all", "record"),
                List.of("id"),
                Mode.UPSERT),
            DISTRIBUTORS,
            Syncs.open("new", "", ""));
    assertThat(mapper.schema().fields().stream().map(field -> field.type().label()))
        .containsExactly("text", "int", "text", "json");
    assertThat(upserted(mapper, distributor("e", "verified")).values())
        .containsExactly(
            "D-1",
            4L,
            "distributor",
            new JsonText(
                "{\"externalReferenceCode\":\"D-1\",\"businessName\":\"Acme\",\"email\":\"e\","
                    + "\"status\":\"verified\",\"notes\":\"\"}"));
    assertThat(mapper.reads()).isEmpty();
  }

  @Test
  void readsFieldsWhoseNamesAreNoIdentifiers() {
    Dataset source =
        new Dataset(
            DISTRIBUTORS.id(),
            Schema.of(
                Field.of("in", new Type.Int()), Field.of("first name", Type.Text.unlimited())),
            List.of("in"),
            false);
    Mapper mapper =
        Syncs.ready(
            Syncs.spec(
                "record.`first name` != ''",
                Leaving.KEEP,
                Syncs.map("id", "record.in", "name", "record.`first name`.trim()")),
            source,
            Syncs.dataset("t", "id", "id int, name text"));
    assertThat(upserted(mapper, Row.of(source.schema(), 1L, " Ada ")).values())
        .containsExactly(1L, "Ada");
  }

  @Test
  void tellsAppendedRecordsApartByWhatTheyHold() {
    Mapper mapper =
        Syncs.ready(
            Syncs.spec(null, Leaving.KEEP, Syncs.map(), List.of(), Mode.APPEND),
            Syncs.dataset("a", "", "x int, y text"),
            Syncs.dataset("b", "", "x int, y text"));
    Schema schema = mapper.schema();
    assertThat(key(mapper, Row.of(schema, 1L, null))).isEqualTo(Key.of(1L));
    assertThat(key(mapper, Row.of(schema, 1L, "z"))).isEqualTo(Key.of(1L, "z"));
    assertThat(key(mapper, Row.of(schema, null, null))).isEqualTo(Key.of(""));
  }

  @Test
  void neitherMovesNorDeletesWhereRecordsAreOnlyAppended() {
    Mapper mapper =
        Syncs.ready(
            Syncs.spec(null, Leaving.KEEP, Syncs.map(), List.of(), Mode.APPEND),
            Syncs.dataset("a", "x", "x int, y text"),
            Syncs.dataset("b", "", "x int, y text"));
    Row before = Row.of(mapper.schema(), 1L, "old");
    Row after = Row.of(mapper.schema(), 1L, "new");
    assertThat(mapper.upserted(after, Optional.of(before)))
        .isEqualTo(new Mapper.Mapped.Upsert(Key.of(1L, "new"), after));
    assertThat(mapper.deleted(Key.of(1L), Optional.of(after)))
        .isEqualTo(new Mapper.Mapped.Filtered());
  }

  @Test
  void isSharedByManyThreads() throws Exception {
    Mapper mapper = verifiedDistributors();
    List<Callable<Long>> tasks =
        IntStream.range(0, 64)
            .<Callable<Long>>mapToObj(task -> () -> mapped(mapper, task))
            .toList();
    long right = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Long> done : new ArrayList<>(threads.invokeAll(tasks))) {
        right += done.get();
      }
    }
    assertThat(right).isEqualTo(64 * 200);
  }

  private static long mapped(Mapper mapper, int task) {
    Schema own = new Schema(DISTRIBUTORS.schema().fields());
    long right = 0;
    for (int i = 0; i < 200; i++) {
      Row row = Row.of(own, task + "-" + i, "B", "M" + task + "@" + i, "verified", "");
      right +=
          upserted(mapper, row).get("email") instanceof String email
                  && email.equals("m" + task + "@" + i)
              ? 1
              : 0;
    }
    return right;
  }

  private static Field any(String name) {
    return Field.of(name, new Type.Any());
  }

  private static Row upserted(Mapper mapper, Row row) {
    Mapper.Mapped mapped = mapper.upserted(row, Optional.empty());
    assertThat(mapped).isInstanceOf(Mapper.Mapped.Upsert.class);
    return ((Mapper.Mapped.Upsert) mapped).row();
  }

  private static Key key(Mapper mapper, Row row) {
    Mapper.Mapped mapped = mapper.upserted(row, Optional.empty());
    assertThat(mapped).isInstanceOf(Mapper.Mapped.Upsert.class);
    return ((Mapper.Mapped.Upsert) mapped).key();
  }
}
