package dev.lockstep.hub.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {

  static Stream<Arguments> logic() {
    return Cases.of(
        """
        condition(status == 0, "yes", "no") -> "yes"
        condition(open, 1, 2) -> 2
        condition(note, 1, 1 / 0) -> "NaN"
        condition(true, "a", 1 / 0 + 1) -> "a"
        condition(1, 2, 3) -> fault at character 1: a number stands where true or false is wanted; compare it with something, such as status == 0
        equals(2, 2.0) -> true
        equals(note, "") -> true
        equals("a", "b") -> false
        isEmpty(note) -> true
        isEmpty("  ") -> true
        isEmpty("null") -> false
        isEmpty(0) -> false
        isEmpty(false) -> false
        isEmpty(none) -> true
        isEmpty([" ", ""]) -> true
        isEmpty(regions) -> false
        isEmpty() -> fault at character 1: isEmpty is called with no arguments; give it 1
        """);
  }

  static Stream<Arguments> text() {
    return Cases.of(
        """
        concat(applicantName, "/", status) -> "Åsa Lind/0"
        concat("a", " ", note, "b") -> "ab"
        concat(price, " €") -> "12.50 €"
        concat(verified, start) -> "true2026-01-31"
        concat(regions, "!") -> "north, South!"
        concat(note) -> ""
        contains(applicantName, "LIND") -> true
        contains("ÅSA", "åsa") -> true
        contains(applicantName, "x") -> false
        contains(note, "x") -> false
        contains(applicantName, note) -> false
        contains(applicantName, " ") -> false
        contains(price, "12") -> false
        contains(regions, "south") -> true
        contains(regions, "sou") -> false
        NOT contains(regions, "west") -> true
        length("12345678") -> 8
        length(note) -> 0
        length("😀") -> 2
        length(price) -> 5
        join(regions) -> "north,South"
        join(none) -> ""
        join("a") -> "a"
        join(["a", "b"]) -> "a,b"
        match(phone, "^\\(\\d{3}\\) \\d{3}-\\d{4}$") -> true
        match(phone, "\\d{3}") -> false
        match(note, "") -> true
        match(note, "a") -> false
        match(applicantName, "\\p{Lu}.*") -> true
        match("aé日😀", "....") -> true
        match(price, "[0-9.]+") -> true
        match("a]", "[]a]+") -> true
        match("a{b}", "a{b}") -> true
        match("x", applicantName) -> false
        match("x", concat("(", "x")) -> fault at character 1: the regular expression is not understood: missing closing ); write it in the syntax of RE2, which has no lookahead, lookbehind, back references or possessive quantifiers; several match() with AND between them do for most
        """);
  }

  static Stream<Arguments> addresses() {
    return Cases.of(
        """
        isEmailAddress(email) -> true
        isEmailAddress("a.b+c@d-e.example") -> true
        isEmailAddress("a@b.example, c@d.example") -> true
        isEmailAddress("a@b.example, c") -> false
        isEmailAddress("a@b") -> false
        isEmailAddress("a@b.c") -> false
        isEmailAddress("a@-b.example") -> false
        isEmailAddress("a..b@c.example") -> false
        isEmailAddress("å@b.example") -> false
        isEmailAddress(note) -> true
        isEmailAddress(" ") -> false
        isEmailAddress(price) -> false
        isURL(website) -> true
        isURL("http://") -> false
        isURL("https://") -> false
        isURL("https://a.example:8080/x?y#z") -> true
        isURL("https://[::1]:80/") -> true
        isURL("https://a.example:port/") -> false
        isURL("ftp://a.example") -> true
        isURL("gopher://a.example") -> false
        isURL("lind.example") -> false
        isURL("/shop") -> false
        isURL("/shop", true) -> true
        isURL("/shop", false) -> false
        isURL(note) -> false
        isURL(note, true) -> false
        """);
  }

  static Stream<Arguments> numbers() {
    return Cases.of(
        """
        between(price, 12, 12.5) -> true
        between(price, 13, 14) -> false
        between(budget, 0, 1) -> true
        between(numberAsText, "41", "43") -> true
        isDecimal(price) -> true
        isDecimal("1e3") -> true
        isDecimal("1,5") -> false
        isDecimal(note) -> false
        isDecimal(applicantName) -> false
        isInteger(count) -> true
        isInteger("-5") -> true
        isInteger("12.0") -> false
        isInteger(2147483647) -> true
        isInteger(2147483648) -> false
        isInteger(note) -> false
        MAX(1, price, 3) -> 12.50
        max([1, 2, 3, 4]) -> 4
        MIN(1, budget, 3) -> 0
        min([1.5, 0.5]) -> 0.5
        MAX(none) -> 0
        MAX(regions) -> fault at character 1: a text is used as a number and is none; give it a number
        sum(1, price, numberAsText) -> 55.50
        sum([0.1, 0.2]) -> 0.3
        sum(budget) -> 0
        sum("a", 1) -> fault at character 1: a text is used as a number and is none; give it a number
        sum() -> fault at character 1: sum is called with no arguments; give it at least 1
        pow(2, 10) -> 1024
        pow(1.5, 2) -> 2.25
        pow(2, 0.5) -> 1.4142135623730951
        pow(2, -1) -> 0.5
        pow(-1, 0.5) -> fault at character 1: the power is no number; keep base and exponent smaller, the base positive
        pow(10, 100000) -> fault at character 1: the power is no number; keep base and exponent smaller, the base positive
        """);
  }

  static Stream<Arguments> dates() {
    return Cases.of(
        """
        addDays(start, 1) -> 2026-02-01
        addDays("2024-02-28", 1) -> 2024-02-29
        addDays(start, -31) -> 2025-12-31
        addDays(seen, 1) -> 2026-02-01
        addDays(at, 0) -> 2026-02-01
        addDays(note, 1) -> (none)
        addDays(start, note) -> (none)
        addDays(start, 1.5) -> fault at character 1: the amount is no whole number, or leads beyond the last date there is; give a whole number of days, months or years
        addDays(start, 99999999999999) -> fault at character 1: the amount is no whole number, or leads beyond the last date there is; give a whole number of days, months or years
        addMonths(start, 1) -> 2026-02-28
        addYears("2024-02-29", 1) -> 2025-02-28
        compareDates(start, "2026-01-31") -> true
        compareDates(start, seen) -> true
        compareDates(at, "2026-02-01") -> true
        compareDates(start, note) -> false
        compareDates(note, note) -> false
        compareDates(start, "soon") -> false
        compareDates(start, price) -> false
        futureDates(end, start) -> true
        futureDates(start, start) -> true
        futureDates(start, seen) -> true
        futureDates(start, end) -> false
        futureDates(end, currentDate) -> true
        futureDates(note, start) -> false
        futureDates(start, note) -> false
        pastDates(start, end) -> true
        pastDates(start, start) -> true
        pastDates(seen, start) -> false
        pastDates(seen, "2026-01-31 18:30") -> true
        pastDates(seen, "2026-01-31 9:05") -> false
        pastDates(note, end) -> false
        pastDates(start, note) -> false
        """);
  }

  @ParameterizedTest
  @MethodSource({"logic", "text", "addresses", "numbers", "dates"})
  void everyFunctionGivesWhatItShould(String expression, String result) {
    assertThat(Sample.resultOf(expression)).isEqualTo(result);
  }

  @Test
  void noFunctionIsLeftOut() {
    String tested =
        Stream.of(logic(), text(), addresses(), numbers(), dates())
            .flatMap(cases -> cases)
            .map(one -> (String) one.get()[0])
            .reduce("oldValue(", String::concat);

    assertThat(Functions.names()).allSatisfy(name -> assertThat(tested).contains(name + "("));
  }
}
