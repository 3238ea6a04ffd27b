package dev.lockstep.hub.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TypeCheckTest {

  static Stream<Arguments> wrong() {
    return Cases.of(
        """
        statu == 0 -> character 1: there is no field 'statu'; write 'status'
        oldValue("statu") == 0 -> character 1: there is no field 'statu'; write 'status'
        NOT status -> character 5: NOT takes true or false, not a number; put its operand in parentheses
        price AND verified -> character 1: AND takes true or false, not a number; compare it with something
        verified OR note -> character 13: OR takes true or false, not a text; compare it with something
        status == "0" -> character 8: a number is never equal to a text; write numbers, true and false without quotes, and texts with them
        applicationState != true -> character 18: a text is never equal to true or false; write numbers, true and false without quotes, and texts with them
        start > 1 -> character 1: > takes a number, not a date; use compareDates, futureDates or pastDates, addDays or addMonths
        1 + "a" -> character 5: + takes a number, not a text; join texts with concat
        1 - "a" -> character 5: - takes a number, not a text; give it a number
        -verified -> character 2: - takes a number, not true or false; give it a number
        sum(1, regions, open) -> character 17: sum takes a number, not true or false; give it a number
        sum(["a"]) -> character 5: sum takes a number, not a list; give it a number
        between(price, 1) -> character 1: between is called with 2 arguments; give it 3
        isURL() -> character 1: isURL is called with no arguments; give it 1 to 2
        isURL(website, true, 1) -> character 1: isURL is called with 3 arguments; give it 1 to 2
        concat() -> character 1: concat is called with no arguments; give it at least 1
        match(price, "1") -> character 7: match takes a text, not a number; give it a text
        contains(price, "1") -> character 10: contains takes a text or a list, not a number; give it a text or a list
        condition(price, 1, 2) -> character 11: condition takes true or false, not a number; compare it with something
        condition(open, 1, 2) AND open -> character 1: AND takes true or false, not a number; compare it with something
        compareDates(start, "soon") -> character 21: compareDates takes a date, not a text; write dates as "2026-01-31"
        addDays(price, 1) -> character 9: addDays takes a date, not a number; write dates as "2026-01-31"
        """);
  }

  static Stream<Arguments> right() {
    return Cases.of(
        """
        budget == "" -> BOOLEAN
        numberAsText > 5 -> BOOLEAN
        start == "2026-01-31" -> BOOLEAN
        regions == "a, b" -> BOOLEAN
        sum(1, none, [2, 3]) -> NUMBER
        condition(open, start, "") -> ANY
        condition(open, 1, 2) + 1 -> NUMBER
        addDays(currentDate, 1) -> DATE
        oldValue("price") < price -> BOOLEAN
        currentUserId == status -> BOOLEAN
        concat(price, start, open) -> TEXT
        """);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatCanOnlyGoWrongIsFoundBeforeItRuns(String expression, String problem) {
    assertThat(Expression.parse(expression).check(Sample.KINDS))
        .map(ExpressionProblem::toString)
        .containsExactly(problem);
  }

  @ParameterizedTest
  @MethodSource("right")
  void whatMayGoWellIsLetThrough(String expression, Kind kind) {
    assertThat(Expression.parse(expression).check(Sample.KINDS, kind)).isEmpty();
  }

  @Test
  void everyProblemIsTold() {
    assertThat(Expression.parse("x AND sum() > y").check(Map.of()))
        .map(ExpressionProblem::position)
        .containsExactly(1, 7, 15);
  }

  @Test
  void ofThousandsTheFirstAreTold() {
    assertThat(Expression.parse("x" + " + x".repeat(16_000)).check(Sample.KINDS)).hasSize(50);
  }

  @Test
  void theResultIsOfTheKindWanted() {
    assertThat(Expression.parse("price * 2").check(Sample.KINDS, Kind.BOOLEAN))
        .map(ExpressionProblem::toString)
        .containsExactly(
            "character 1: it gives a number, and true or false is wanted; compare it with"
                + " something");
  }

  @Test
  void aFieldOfUnknownKindIsTakenEverywhere() {
    assertThat(
            Expression.parse("x AND x > 1 AND contains(x, x) AND compareDates(x, x) AND x == 1")
                .check(Map.of("x", Kind.ANY)))
        .isEmpty();
  }
}
