package dev.lockstep.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Filter;
import dev.lockstep.connector.Filter.Order;
import dev.lockstep.engine.mapping.Mapper.Copying;
import dev.lockstep.engine.sync.Leaving;
import dev.lockstep.engine.sync.Mode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of conditions a source is asked; that it answers the same is tested with the source. */
class CelFilterTest {
  private static final Dataset THINGS =
      Syncs.dataset(
          "things",
          "id",
          "id int!, n int, name text, other text, yes bool, no bool, amount decimal(12,2), ratio float,"
              + " day date, at timestamp, seen datetime, doc json, tags list(text), logo bytes");

  private static Copying copying(String where, Leaving leaving, Mode mode) {
    return Syncs.ready(
            Syncs.spec(where, leaving, Syncs.map("id", "record.id"), List.of(), mode),
            THINGS,
            Syncs.dataset("copies", "id", "id int!"))
        .copying();
  }

  private static Filter filter(String where) {
    return switch (copying(where, Leaving.KEEP, Mode.UPSERT)) {
      case Copying.Plain(var fields, Optional<Filter> filter) -> filter.orElseThrow();
      case Copying.Computed(String reason) -> throw new AssertionError(reason);
    };
  }

  private static String reason(Copying copying) {
    return switch (copying) {
      case Copying.Plain plain -> throw new AssertionError(plain.toString());
      case Copying.Computed(String reason) -> reason;
    };
  }

  @Test
  void comparisonsOfFieldsWithValues() {
    assertThat(filter("record.n >= -5")).isEqualTo(new Filter.Compared("n", Order.AT_LEAST, -5L));
    assertThat(filter("5 < record.n")).isEqualTo(new Filter.Compared("n", Order.MORE, 5L));
    assertThat(filter("record.name == 'ä'")).isEqualTo(new Filter.In("name", List.of("ä")));
    assertThat(filter("null != record.name")).isEqualTo(new Filter.Not(new Filter.IsNull("name")));
    assertThat(filter("record.name in ['a', 'b']"))
        .isEqualTo(new Filter.In("name", List.of("a", "b")));
    assertThat(filter("record.name.startsWith('a')")).isEqualTo(new Filter.StartsWith("name", "a"));
    assertThat(filter("record.yes")).isEqualTo(new Filter.Holds("yes"));
    assertThat(filter("record.yes == false")).isEqualTo(new Filter.In("yes", List.of(false)));
  }

  @Test
  void valuesBecomeCarriersOfTheirField() {
    assertThat(filter("record.amount > 10"))
        .isEqualTo(new Filter.Compared("amount", Order.MORE, BigDecimal.TEN));
    assertThat(filter("record.amount > 0.1"))
        .isEqualTo(new Filter.Compared("amount", Order.MORE, new BigDecimal("0.1")));
    assertThat(filter("record.amount == decimal('1.50')"))
        .isEqualTo(new Filter.In("amount", List.of(new BigDecimal("1.50"))));
    assertThat(filter("record.ratio < 2")).isEqualTo(new Filter.Compared("ratio", Order.LESS, 2.0));
    assertThat(filter("record.day >= '2026-01-31'"))
        .isEqualTo(new Filter.Compared("day", Order.AT_LEAST, LocalDate.of(2026, 1, 31)));
    assertThat(filter("record.at < timestamp('2026-01-31T00:00:00Z')"))
        .isEqualTo(new Filter.Compared("at", Order.LESS, Instant.parse("2026-01-31T00:00:00Z")));
  }

  @Test
  void fieldsWithEachOtherAndAllOfItTogether() {
    assertThat(filter("record.id < record.n || !(record.name == record.other && record.yes)"))
        .isEqualTo(
            new Filter.Any(
                List.of(
                    new Filter.ComparedFields("id", Order.LESS, "n"),
                    new Filter.Not(
                        new Filter.All(
                            List.of(new Filter.Same("name", "other"), new Filter.Holds("yes")))))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "record.name.lowerAscii() == 'a' | it compares what is no field",
        "record.name.endsWith('a') | it has endsWith",
        "record.name.contains('a') | it has contains",
        "default(record.n, 0) > 5 | it compares what is no field",
        "record.n + 1 > 5 | it compares what is no field",
        "record.name < record.other | it orders the texts of two fields",
        "record.name < '😀' | it compares 'name' with something else than a plain text",
        "record.n == 1.5 | it compares 'n' with something else than a plain int",
        "record.ratio == 9007199254740993 | it compares 'ratio' with something else than a plain float",
        "record.day == '2026-1-31' | it compares 'day' with something else than a plain date",
        "record.day > '0000-01-01' | it compares 'day' with something else than a plain date",
        "record.day > '2026-02-30' | it compares 'day' with something else than a plain date",
        "record.seen > '2026-01-31T00:00:00' | it looks at 'seen', of type datetime",
        "record.doc == null | it looks at 'doc', of type json",
        "record.doc.a == 1 | it compares what is no field",
        "record.tags == null | it looks at 'tags', of type list(text)",
        "record.logo == b'a' | it looks at 'logo', of type bytes",
        "record.name in [record.other] | it compares 'name' with something else than a plain text",
        "'a' in record.tags | `in` is not of a field and a list of values",
        "record.amount == record.n | it compares 'n' with another type",
        "record.yes ? record.no : true | it has ?: or default()",
        "true | it is more than comparisons of fields",
      })
  void whatOnlyCelCanTellIsNotAsked(String where, String why) {
    assertThat(reason(copying(where, Leaving.KEEP, Mode.UPSERT)))
        .isEqualTo("`where` is decided here: " + why);
  }

  @Test
  void whatTheRunMustSeeIsNotAsked() {
    assertThat(reason(copying("record.yes", Leaving.DELETE, Mode.UPSERT)))
        .isEqualTo("`where` is decided here: records that do not meet it are deleted");
    assertThat(reason(copying("record.ratio > 1.5", Leaving.KEEP, Mode.MIRROR)))
        .isEqualTo("`where` is decided here: a mirror looks at 'ratio' itself");
    assertThat(copying("record.n > 1", Leaving.KEEP, Mode.MIRROR))
        .isInstanceOf(Copying.Plain.class);
  }
}
