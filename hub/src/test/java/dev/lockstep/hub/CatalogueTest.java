package dev.lockstep.hub;

import static dev.lockstep.hub.HubFixture.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Problem;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
  private static final EntryRef CODE = new EntryRef.Code("e-1");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("store.db");
  }

  private HubFixture open(ObjectDefinition... definitions) throws InterruptedException {
    return new HubFixture(file, definitions);
  }

  private static ObjectDefinition things(ObjectField... fields) {
    return ObjectDefinition.of("things", fields);
  }

  private void start(ObjectDefinition definition, Object... values) throws InterruptedException {
    try (HubFixture fixture = open(definition)) {
      fixture.hub().create("things", draft("e-1", values), Author.UNKNOWN);
    }
  }

  private List<Problem> refused(ObjectDefinition... definitions) throws InterruptedException {
    try (HubFixture opened = open(definitions)) {
      throw new AssertionError("was opened: " + opened.hub().objects());
    } catch (DefinitionRefused refused) {
      return refused.problems();
    }
  }

  @Test
  void addsAFieldToEntriesThatAreThere() throws InterruptedException {
    start(things(ObjectField.of("a", "text")), "a", "one");

    try (HubFixture fixture =
        open(things(ObjectField.of("b", "int"), ObjectField.of("a", "text")))) {
      Entry entry = fixture.hub().find("things", CODE).orElseThrow();
      assertThat(entry.values().values()).containsExactly(null, "one");
      fixture.hub().patch("things", CODE, draft(null, "b", 7L), Match.ANY, Author.UNKNOWN);
      assertThat(fixture.hub().find("things", CODE).orElseThrow().values().values())
          .containsExactly(7L, "one");
    }
  }

  @Test
  void hidesAFieldThatIsNoLongerDeclaredAndShowsItAgain() throws InterruptedException {
    ObjectDefinition both = things(ObjectField.of("a", "text"), ObjectField.of("b", "int"));
    start(both, "a", "one", "b", 5L);

    try (HubFixture fixture = open(things(ObjectField.of("a", "text")))) {
      Entry entry = fixture.hub().find("things", CODE).orElseThrow();
      assertThat(entry.values().values()).containsExactly("one");
      fixture.hub().patch("things", CODE, draft(null, "a", "two"), Match.ANY, Author.UNKNOWN);
    }
    try (HubFixture fixture = open(both)) {
      assertThat(fixture.hub().find("things", CODE).orElseThrow().values().values())
          .containsExactly("two", 5L);
    }
  }

  @Test
  void hidesAnObjectThatIsNoLongerDeclared() throws InterruptedException {
    start(things(ObjectField.of("a", "text")), "a", "one");

    try (HubFixture fixture = open(ObjectDefinition.of("others", ObjectField.of("a", "text")))) {
      assertThatThrownBy(() -> fixture.hub().find("things", CODE))
          .isInstanceOf(UnknownObject.class);
    }
    try (HubFixture fixture = open(things(ObjectField.of("a", "text")))) {
      assertThat(fixture.hub().find("things", CODE)).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text(10)      | text          | abc                 | abc",
        "text          | text(3)       | abc                 | abc",
        "text          | int           | 42                  | 42",
        "text          | decimal(8,3)  | 1.5                 | 1.500",
        "text          | date          | 2026-02-28          | 2026-02-28",
        "text          | bool          | true                | true",
        "text          | timestamp     | 2026-02-28T01:02:03Z | 2026-02-28T01:02:03Z",
        "int           | text          | 42                  | 42",
        "int           | decimal(12,2) | 42                  | 42.00",
        "decimal(12,2) | int           | 42.00               | 42",
        "decimal(12,2) | decimal(14,4) | 1.25                | 1.2500",
        "decimal(12,2) | decimal(4,1)  | 1.50                | 1.5",
        "decimal(12,2) | float         | 1.25                | 1.25",
        "float         | decimal       | 1.25                | 1.25",
        "date          | text          | 2026-02-28          | 2026-02-28",
      })
  void carriesValuesOverToAnotherTypeThatHoldsThem(String from, String to, String value, String now)
      throws Exception {
    ObjectField was = ObjectField.of("a", from);
    start(things(was), "a", Conversion.parse(was.type(), value));

    try (HubFixture fixture = open(things(ObjectField.of("a", to)))) {
      Object carried = fixture.hub().find("things", CODE).orElseThrow().values().get("a");
      assertThat(carried).hasToString(now);
    }
    // The way back starts from what was carried.
    try (HubFixture fixture = open(things(was))) {
      assertThat(fixture.hub().find("things", CODE)).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text          | text(2)       | abc",
        "text          | int           | forty-two",
        "text          | date          | 2026-02-30",
        "decimal(12,2) | int           | 42.50",
        "decimal(12,2) | decimal(12,1) | 1.25",
        "decimal(12,2) | decimal(4,2)  | 123.00",
        "decimal(12,2) | float         | 0.10",
        "int           | bool          | 1",
        "int           | date          | 20260228",
        "bool          | int           | true",
      })
  void refusesAnotherTypeThatWouldLoseAValue(String from, String to, String value)
      throws Exception {
    ObjectField was = ObjectField.of("a", from);
    Object kept = Conversion.parse(was.type(), value);
    start(things(was), "a", kept);

    assertThat(refused(things(ObjectField.of("a", to))))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.setting()).isEqualTo("hub.objects.things.fields.a.type");
          assertThat(problem.message()).contains("'e-1'", from, to);
          assertThat(problem.remedy()).startsWith("keep type " + from);
        });
    try (HubFixture fixture = open(things(was))) {
      assertThat(fixture.hub().find("things", CODE).orElseThrow().values().get("a"))
          .isEqualTo(kept);
    }
  }

  @Test
  void refusesEverythingAtOnceAndChangesNothing() throws InterruptedException {
    ObjectDefinition was =
        things(
            ObjectField.of("a", "text"), ObjectField.of("b", "text"), ObjectField.of("c", "text"));
    try (HubFixture fixture = open(was)) {
      fixture.hub().create("things", draft("e-1", "a", "x", "b", "y", "c", "same"), Author.UNKNOWN);
      fixture.hub().create("things", draft("e-2", "a", "x", "b", "y", "c", "same"), Author.UNKNOWN);
    }
    ObjectDefinition wrong =
        things(
            ObjectField.of("new", "int"),
            ObjectField.of("a", "int"),
            ObjectField.of("b", "date"),
            ObjectField.of("C", "text"));

    assertThat(refused(wrong, ObjectDefinition.of("Things", ObjectField.of("a", "text"))))
        .extracting(Problem::setting)
        .containsExactly("hub.objects.Things");
    assertThat(refused(wrong))
        .extracting(Problem::setting)
        .containsExactly(
            "hub.objects.things.fields.C",
            "hub.objects.things.fields.a.type",
            "hub.objects.things.fields.b.type");
    assertThat(refused(was.withUnique("c")))
        .extracting(Problem::message)
        .containsExactly("entries 'e-1' and 'e-2' have the same c");
    try (HubFixture fixture = open(was)) {
      assertThat(fixture.hub().list("things", EntryQuery.page(0, 10)).entries()).hasSize(2);
    }
  }

  @Test
  void setsAndLiftsUniqueness() throws InterruptedException {
    ObjectDefinition plain = things(ObjectField.of("a", "text"), ObjectField.of("b", "int"));
    start(plain, "a", "one", "b", 1L);

    try (HubFixture fixture = open(plain.withUnique("a", "b"))) {
      fixture.hub().create("things", draft("e-2", "a", "one", "b", 2L), Author.UNKNOWN);
      assertThatThrownBy(() ->
              fixture.hub().create("things", draft("e-3", "a", "one", "b", 1L), Author.UNKNOWN))
          .isInstanceOf(EntriesRefused.class)
          .hasMessageContaining("a,b is the same as in entry 'e-1'");
    }
    try (HubFixture fixture =
        open(
            things(ObjectField.of("a", "text"), ObjectField.of("b", "text"))
                .withUnique("a", "b"))) {
      assertThatThrownBy(() ->
              fixture.hub().create("things", draft("e-3", "a", "one", "b", "1"), Author.UNKNOWN))
          .isInstanceOf(EntriesRefused.class);
    }
    try (HubFixture fixture = open(plain)) {
      fixture.hub().create("things", draft("e-3", "a", "one", "b", 1L), Author.UNKNOWN);
    }
  }

  @Test
  void everyTypeComesBackAsItWas() throws InterruptedException {
    ObjectDefinition all =
        things(
            ObjectField.of("bool", "bool"),
            ObjectField.of("int", "int"),
            ObjectField.of("float", "float"),
            ObjectField.of("money", "decimal(12,2)"),
            ObjectField.of("decimal", "decimal"),
            ObjectField.of("text", "text"),
            ObjectField.of("bytes", "bytes"),
            ObjectField.of("date", "date"),
            ObjectField.of("time", "time"),
            ObjectField.of("datetime", "datetime"),
            ObjectField.of("timestamp", "timestamp"),
            ObjectField.of("json", "json"));
    Object[] values = {
      true,
      Long.MIN_VALUE,
      Double.MIN_NORMAL,
      new BigDecimal("-9999999999.99"),
      new BigDecimal("12345678901234567890123.456789"),
      "e\u0301 😀 \r\n\t\uFEFF",
      new byte[] {0, -1, 10},
      LocalDate.of(9999, 12, 31),
      java.time.LocalTime.of(23, 59, 59, HubStores.allInPostgresql() ? 999_999_000 : 999_999_999),
      java.time.LocalDateTime.of(2024, 3, 31, 2, 30, 0, 123_456_000),
      Instant.parse(
          HubStores.allInPostgresql()
              ? "2024-03-31T01:30:00.000001Z"
              : "2024-03-31T01:30:00.000000001Z"),
      new dev.lockstep.connector.JsonText("{\"a\":[1,2.50,null],\"ü\":\"😀\"}")
    };
    Draft draft = Draft.of(new dev.lockstep.connector.Row(all.schema(), values.clone()));
    try (HubFixture fixture = open(all)) {
      Hub hub = fixture.hub();
      hub.create("things", new Draft("e-1", draft.values()), Author.UNKNOWN);
      Entry entry = hub.find("things", CODE).orElseThrow();
      assertThat(entry.values()).isEqualTo(new dev.lockstep.connector.Row(all.schema(), values));
      // The event's image reads back the same.
      assertThat(EntryJson.entry(hub.table("things"), EntryJson.bytes(entry))).isEqualTo(entry);
    }
  }
}
