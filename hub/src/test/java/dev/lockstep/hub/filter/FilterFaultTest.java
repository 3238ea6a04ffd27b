package dev.lockstep.hub.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault says where it is, what it is, and what to write instead. */
final class FilterFaultTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nme eq 'a'                     | 1  | there is no field 'nme' | write 'name'",
        "name eq 'a' and agee gt 1      | 17 | there is no field 'agee' | write 'age'",
        "account/titel eq 'a'           | 9  | there is no field 'titel' | write 'title'",
        "acount/title eq 'a'            | 1  | there is no field 'acount' | write 'account'",
        "account eq 1                   | 1  | 'account' is a relationship | account/…",
        "name/first eq 'a'              | 1  | 'name' is no relationship | write no / behind it",
        "xyzzy eq 1                     | 1  | there is no field 'xyzzy' | write one of account, accountId, ",
        "name EQ 'a'                    | 6  | 'EQ' is no operator | write one of eq, ne",
        "name like 'a'                  | 6  | 'like' is no operator | write one of eq, ne",
        "name = 'a'                     | 6  | the character '=' means nothing | write one of eq",
        "age > 1                        | 5  | the character '>' means nothing | write one of eq",
        "name eq \"a\"                  | 9  | means nothing | straight single quotes",
        "name eq ‘a’                    | 9  | means nothing | straight single quotes",
        "name eq 'a' && age eq 1        | 13 | the character '&' means nothing | write and, or",
        "orders/$count gt 1             | 8  | the character '$' means nothing | there is no $count",
        "name eq #                      | 9  | the character '#' means nothing | leave it out",
        "name eq 😀                     | 9  | U+D83D | leave it out",
        "name eq a                      | 9  | 'a' is no value | in single quotes: 'a'",
        "name eq 'a                     | 9  | has no end | close it with '",
        "name eq 'O'Brien'              | 11 | a letter follows | write a quote within a text as ''",
        "name eq 'a''b' x               | 16 | 'x' stands after the end | join conditions by and, or",
        "name eq                        | 8  | a value is missing before the end | write a value",
        "name                           | 5  | an operator is missing before the end | write one of eq",
        "eq 'a'                         | 4  | an operator is missing before 'a' | write one of eq",
        "'a' eq name                    | 1  | a field is missing before 'a' | begin a comparison with a field",
        "5 lt age                       | 1  | a field is missing before '5' | begin a comparison with a field",
        "active                         | 7  | an operator is missing | write one of eq",
        "and                            | 4  | an operator is missing | write one of eq",
        "name eq 'a' and                | 16 | a field is missing before the end | begin a comparison",
        "name eq 'a' or or              | 18 | an operator is missing | write one of eq",
        "not                            | 4  | a field is missing before the end | begin a comparison",
        "()                             | 2  | a field is missing before ')' | begin a comparison",
        "(name eq 'a'                   | 13 | the parenthesis at column 1 is still open | write ) here",
        "name eq 'a')                   | 12 | ')' stands after the end | leave it out, or open it before",
        "(name eq 'a') eq true          | 15 | 'eq' stands after the end | join conditions by and, or",
        "name in 'a'                    | 9  | the values of in are missing | write in ('a', 'b')",
        "name in ()                     | 10 | a value is missing before ')' | write a value",
        "name in ('a' 'b')              | 14 | still open before 'b' | write ) here",
        "name in ('a',)                 | 14 | a value is missing before ')' | write a value",
        "contains(name)                 | 14 | a comma is missing | contains(name, 'text')",
        "contains('a', name)            | 10 | takes a field first | contains(field, 'text')",
        "contains(name, 5)              | 16 | contains takes a text, not the number 5 | in single quotes",
        "contains(age, '5')             | 10 | a field of type int | ask it of a text",
        "startswith(tags, 'a')          | 12 | 'tags' holds several values | tags/any(k:k eq 'abc')",
        "contains(name, 'a'             | 19 | still open before the end | write ) here",
        "endswith(name, 'a')            | 1  | 'endswith' is no function | contains(field, 'text')",
        "tolower(name) eq 'a'           | 1  | 'tolower' is no function | startswith(field, 'text')",
        "now() gt seen                  | 1  | 'now' is no function | dateCreated lt now()",
        "seen gt now                    | 12 | now stands without parentheses | write now()",
        "seen gt now(1)                 | 13 | now takes nothing | write now()",
        "tags eq 'a'                    | 1  | 'tags' holds several values | tags/any(k:k eq 'abc')",
        "tags in ('a')                  | 1  | 'tags' holds several values | tags/any(k:k eq 'abc')",
        "tags/any(k eq 'a')             | 10 | a variable is missing | tags/any(t:t eq 'abc')",
        "tags/any(k:)                   | 12 | a field is missing before ')' | begin a comparison",
        "tags/all()                     | 10 | a variable is missing | tags/any(t:t eq 'abc')",
        "tags/any(k:name eq 'a')        | 12 | there is no field 'name' | write one of k",
        "tags/any(k:k eq 5)             | 17 | the number 5 is compared with a field of type text | 'abc'",
        "tags/any(k:k/any(j:j eq 'a'))  | 14 | any and all stand within another | combine conditions",
        "orders/any(o:o eq 'a')         | 1  | 'orders' is a relationship | orders/…",
        "tags/some(k:k eq 'a')          | 10 | an operator is missing before '(' | write one of eq",
        "name eq 5                      | 9  | the number 5 is compared with a field of type text | in single quotes",
        "age eq 'ten'                   | 8  | the text 'ten' is compared with a field of type int | 42",
        "age eq 1.5                     | 8  | is no whole number of 64 bits | 42",
        "age eq 9223372036854775808     | 8  | is no whole number of 64 bits | 42",
        "age eq true                    | 8  | true is compared with a field of type int | 42",
        "price lt '5'                   | 10 | the text '5' is compared with a field of type decimal | 12.5",
        "weight lt 1e309                | 11 | is too large for a float | write a smaller number",
        "weight lt NaN                  | 11 | 'NaN' is no value | write a text",
        "price lt 12x                   | 10 | '12x' is neither a number nor a date | -12.5",
        "price lt --5                   | 10 | is neither a number nor a date | -12.5",
        "price lt 1e1001                | 10 | more than 1000 digits | write a shorter number",
        "active eq 'true'               | 11 | the text 'true' is compared | write true or false",
        "active eq 1                    | 11 | the number 1 is compared | write true or false",
        "active gt false                | 1  | has no order | write eq or ne",
        "name gt null                   | 9  | null has no order | write eq null or ne null",
        "born ge '2026-01-31'           | 9  | is compared with a field of type date | without quotes: 2026-01-31",
        "born ge 2026-01-31T00:00:00Z   | 9  | the moment 2026-01-31T00:00:00Z is compared | 2026-01-31",
        "born ge 2026-02-30             | 9  | does not exist | 2026-01-31",
        "born ge 0000-01-01             | 9  | outside the years 1 to 9999 | write a date within",
        "born ge 31.01.2026             | 9  | is neither a number nor a date | 2026-01-31",
        "seen ge 2026-01-31             | 9  | the date 2026-01-31 is compared | 2026-01-31T23:59:59Z",
        "seen ge 2026-01-31T00:00:00    | 9  | the time without offset | 2026-01-31T23:59:59Z",
        "seen ge 2026-01-31T25:00:00Z   | 9  | does not exist | 2026-01-31T23:59:59Z",
        "seen ge 2026-01-31T00:00:00 02:00 | 29 | stands after the end | join conditions",
        "seen ge 2026-01-31T00:00:00.1234567Z | 9 | is finer than a microsecond | at most six digits",
        "seen ge 9999-12-31T23:59:59-01:00 | 9 | outside the years 1 to 9999 | write a date within",
        "due ge 2026-01-31T00:00:00+01:00 | 8 | is compared with a field of type datetime | 2026-01-31T23:59:59",
        "opens ge 24:00                 | 10 | does not exist | 23:59:59",
        "opens ge now()                 | 10 | now() is compared with a field of type time | 23:59:59",
        "document eq 'a'                | 13 | is compared with a field of type json | with null only",
        "secret eq 'a'                  | 11 | is compared with a field of type bytes | with null only",
        "a/b/c/d/e/f/g eq 1             | 1  | the path has more than 6 names | ask for less",
        "account/ eq 1                  | 13 | an operator is missing before '1' | write one of eq",
        "account/                       | 9  | a name is missing before the end | relationship/field"
      })
  void aFaultSaysWhereWhatAndWhatInstead(String filter, int column, String problem, String remedy) {
    assertThatExceptionOfType(FilterFault.class)
        .isThrownBy(() -> compile(filter))
        .satisfies(fault -> {
          assertThat(fault.problem()).contains(problem);
          assertThat(fault.remedy()).contains(remedy);
          assertThat(fault.column()).as(fault.getMessage()).isEqualTo(column);
          assertThat(fault.parameter()).isEqualTo("filter");
          assertThat(fault)
              .hasMessage("filter, column %d: %s; %s", column, fault.problem(), fault.remedy());
        });
  }

  @Test
  void halfOfACharacterIsRefused() {
    assertThatExceptionOfType(FilterFault.class)
        .isThrownBy(() -> compile("name eq 'ab\ud800'"))
        .satisfies(fault -> assertThat(fault.column()).isEqualTo(12));
    assertThatExceptionOfType(FilterFault.class)
        .isThrownBy(() -> compile("name eq 'ab\u0000'"))
        .withMessageContaining("U+0000");
  }

  /** Made to be long, deep or broad: each is refused, at the first thing too many. */
  static Stream<String> hostile() {
    return Stream.of(
        " ".repeat(8_001),
        "name eq '" + "a".repeat(1_000_000) + "'",
        "(".repeat(7_000),
        "not ".repeat(1_500) + "active eq true",
        "(".repeat(51) + "active eq true" + ")".repeat(51),
        "not(".repeat(51) + "active eq true" + ")".repeat(51),
        repeated("age eq 1", 101, " or "),
        "age in (" + repeated("1", 1_001, ",") + ")",
        repeated("account/title eq 'a'", 11, " and "),
        repeated("tags/any(t:t eq 'a')", 11, " and "),
        "contains(name, '" + "a".repeat(256) + "')",
        repeated("contains(name, 'абвгдежзийклмнопрстуфхцчшщъыьэюя')", 9, " or "),
        "price eq " + "9".repeat(1_001),
        "price eq 1e99999",
        "price eq 1e-2147483648",
        "weight gt 1" + "0".repeat(500),
        "age eq " + "1".repeat(7_000),
        "a" + "/a".repeat(3_000) + " eq 1",
        "x".repeat(7_900) + " eq 1",
        "contains(" + "x".repeat(7_900),
        "name eq " + "x".repeat(7_900),
        "x".repeat(7_000) + "/any(t)",
        "name eq '" + "x".repeat(7_000) + "'y");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void whatIsMadeToBeSlowIsRefused(String filter) {
    assertThatExceptionOfType(FilterFault.class)
        .isThrownBy(() -> compile(filter))
        .satisfies(fault -> assertThat(fault.getMessage()).hasSizeLessThan(300));
  }

  /** One less in each respect is taken. */
  static Stream<String> justAllowed() {
    return Stream.of(
        " ".repeat(8_000),
        "(".repeat(50) + "active eq true" + ")".repeat(50),
        repeated("age eq 1", 100, " or "),
        "age in (" + repeated("1", 1_000, ",") + ")",
        repeated("account/title eq 'a'", 10, " and "),
        repeated("tags/any(t:t eq 'a')", 10, " and "),
        "contains(name, '" + "a".repeat(255) + "')",
        repeated("contains(name, 'абвгдежзийклмнопрстуфхцчшщъыьэюя')", 5, " or "),
        "price eq " + "9".repeat(1_000));
  }

  @ParameterizedTest
  @MethodSource("justAllowed")
  void whatAPersonAsksIsFarBelow(String filter) {
    assertThat(compile(filter).sql()).isNotEmpty();
  }

  /** The values of a caller never become SQL. */
  @Test
  void noValueStandsInTheSql() {
    Fragment condition =
        compile("name eq 'x'' or 1 = 1 --' and contains(name, 'Ü;') and age in (7, 8)");

    assertThat(condition.sql()).doesNotContain("1 = 1").doesNotContain(";").doesNotContain("7");
    assertThat(condition.values()).containsExactly("x' or 1 = 1 --", "Ü", "ü", "ü;", 7L, 8L);
    assertThat(
            IntStream.range(0, condition.sql().length())
                .filter(i -> condition.sql().charAt(i) == '?')
                .count())
        .isEqualTo(condition.values().size());
  }

  private static String repeated(String part, int times, String between) {
    return Collections.nCopies(times, part).stream().collect(Collectors.joining(between));
  }

  private static Fragment compile(String filter) {
    return Filter.parse(filter).compile(Samples.fields(false), Dialect.postgresql(), Samples.NOW);
  }
}
