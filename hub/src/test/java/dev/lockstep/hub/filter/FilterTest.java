package dev.lockstep.hub.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same filter over the same rows: SQLite, PostgreSQL and the meaning told in Java agree. */
final class FilterTest {
  private static final Samples SAMPLES = new Samples(120);
  private static List<TestStore> stores = List.of();

  @BeforeAll
  static void open(@TempDir Path folder) {
    stores = TestStore.both(folder, SAMPLES.tables());
  }

  @AfterAll
  static void close() {
    stores.forEach(TestStore::close);
  }

  private static List<Long> meant(String filter) {
    Expression expression = Parser.parse(filter);
    return SAMPLES.entries().stream()
        .filter(entry -> Meaning.of(expression, entry))
        .map(entry -> (Long) entry.get("id"))
        .toList();
  }

  private static List<Long> found(TestStore store, String filter) {
    return store.ids(
        Filter.parse(filter)
            .compile(
                Samples.fields(store instanceof TestStore.Sqlite), store.dialect(), Samples.NOW),
        "e.\"id\"");
  }

  private static void agree(String filter) {
    List<Long> meant = meant(filter);
    for (TestStore store : stores) {
      assertThat(found(store, filter))
          .as("%s on %s", filter, store.getClass().getSimpleName())
          .isEqualTo(meant);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name eq 'Acme'",
        "name ne 'Acme'",
        "not (name eq 'Acme')",
        "not(name ne 'Acme')",
        "name eq ''",
        "name eq null",
        "name ne null",
        "name eq 'O''Brien'",
        "name gt 'Z'",
        "name le 'a'",
        "name gt '\uff61'",
        "name in ('Acme', 'acme', '100%')",
        "name in ('Acme', null)",
        "not (name in ('Acme', 'acme'))",
        "name in (null)",
        "contains(name, '%')",
        "contains(name, '_')",
        "contains(name, '\\')",
        "contains(name, '''')",
        "contains(name, '')",
        "startswith(name, '')",
        "contains(name, 'ACME')",
        "contains(name, 'm\u00fcLL')",
        "contains(name, 'S\u00d6H')",
        "contains(name, '\u03c3\u03c5')",
        "startswith(name, '\u043f\u0440\u0418')",
        "startswith(name, '\ud801\udc28')",
        "contains(name, 'k')",
        "contains(name, '\u212a')",
        "contains(name, 'istan')",
        "contains(name, '\u01c4')",
        "contains(name, 'stra\u00df')",
        "not contains(name, 'a')",
        "startswith(name, 'a')",
        "age eq 10",
        "age eq '10'",
        "age lt 0",
        "age le -9223372036854775808",
        "age ge 9223372036854775807",
        "age gt 1e1",
        "price lt 10.25",
        "price le 10.250",
        "price gt 9.5",
        "price ge -9.5",
        "price lt -9.5",
        "price gt -10",
        "price eq 100",
        "price ne 100",
        "price eq 9.501",
        "price lt 9.501",
        "price gt -0.005",
        "price in (0, 9.50, -0.01)",
        "ratio eq 0.1",
        "ratio gt 0.1",
        "ratio lt -0.1",
        "ratio ge 1e20",
        "ratio gt 100000000000000000000.5",
        "ratio lt 10",
        "ratio lt -3",
        "ratio le 0",
        "weight gt 0.05",
        "weight eq 0.1",
        "weight lt 0",
        "weight eq 2",
        "weight le 1e300",
        "active eq true",
        "active ne true",
        "not (active eq false)",
        "active eq null",
        "born ge 2024-02-29",
        "born lt 1999-12-31",
        "seen gt 2026-03-01T00:00:00Z",
        "seen eq 2026-03-01T02:00:00.1+02:00",
        "seen le 2026-02-28T19:59:59.999999-04:00",
        "seen le now()",
        "dateCreated lt now()",
        "dateCreated eq 1969-12-31T23:59:59.5Z",
        "due gt 2024-01-01T10:00",
        "due le 2024-01-01T10:00:00.5Z",
        "opens lt 09:30:00.25",
        "tags/any(k:k eq 'a')",
        "tags/any(k:k in ('a','c'))",
        "tags/any(k:k ne 'a')",
        "tags/any(x:(x eq 'a') or (x eq '\u00c4'))",
        "tags/all(k:k eq 'a' or k eq 'b')",
        "not (tags/any(k:k eq 'a'))",
        "tags/any(k:contains(k,'\u00e4'))",
        "tags/any(k:k eq 'x\"y\\z')",
        "tags/any()",
        "tags eq null",
        "tags ne null",
        "age/any(a:a eq 9)",
        "age/all(a:a eq 9)",
        "accountId eq '1'",
        "account/title eq 'Beta'",
        "account/title ne 'Beta'",
        "not (account/title eq 'Beta')",
        "account/title eq null",
        "account/credit gt 9.75",
        "contains(account/title, '\u00c4HR')",
        "account/marks/any(m:m eq 'b')",
        "account/marks/all(m:m eq 'a')",
        "orders/item eq 'nut'",
        "not (orders/item eq 'nut')",
        "orders/item eq 'nut' and orders/item eq 'bolt'",
        "startswith(orders/item, 'BO')",
        "name eq 'Acme' or name eq 'acme' and age eq 10",
        "(name eq 'Acme' or name eq 'acme') and age ne null",
        "not not (age gt 5)",
        "not (age gt 5 and price lt 10) or active eq true",
        "",
        "  "
      })
  void bothStoresAnswerAsMeant(String filter) {
    agree(filter);
  }

  @Test
  void everyOperatorDecidesSomething() {
    assertThat(meant("name ne 'Acme'")).hasSizeBetween(60, 119);
    assertThat(meant("contains(name, 'ACME')")).hasSizeGreaterThan(2);
    assertThat(meant("price lt 10.25")).hasSizeBetween(20, 100);
    assertThat(meant("account/marks/any(m:m eq 'b')")).hasSizeBetween(10, 60);
  }

  @Test
  void bothStoresAnswerAsMeantWhateverIsAsked() {
    RandomFilter filters = new RandomFilter(2026);
    for (int i = 0; i < 500; i++) {
      agree(filters.next(3));
    }
  }

  @Test
  void everyLetterIsFoundInEveryCase() {
    for (int c = 0x80; c < 0x20000; c++) {
      Folding folding = Folding.of(Character.toString(c));
      assertThat(Folding.of(folding.text()).text()).as("U+%04X", c).isEqualTo(folding.text());
      for (int other : new int[] {Character.toUpperCase(c), Character.toLowerCase(c)}) {
        if (other >= 0x80) {
          assertThat(Folding.of(Character.toString(other)).text())
              .as("U+%04X and U+%04X", c, other)
              .isEqualTo(folding.text());
        }
      }
    }
  }
}
