package dev.lockstep.hub.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OperatorsTest {

  static Stream<Arguments> arithmetic() {
    return Cases.of(
        """
        1 + 3 + 6 -> 10
        4 - 2 - 1 -> 1
        4 - 2 * 6 -> -8
        2.45 * 2 -> 4.90
        -2 * -3.55 -> 7.10
        -2 -3.55 -> -5.55
        --2 -> 2
        - budget -> 0
        (8 + 2) / 2.5 -> 4.00
        6 / 3 -> 2.00
        10 / 9 -> 1.11
        -10 / 9 -> -1.12
        8 / 2 / 2 -> 2.00
        1 / 0 -> "NaN"
        1 / budget -> "NaN"
        1 / 0 + 1 -> fault at character 7: a text is used as a number and is none; give it a number
        0.1 + 0.2 -> 0.3
        ratio + 0.2 -> 0.3
        count * price -> 37.50
        numberAsText + 1 -> 43
        "3" - "1" -> 2
        budget + 1 -> 1
        note + 1 -> 1
        9007199254740993 + 9007199254740993 -> 18014398509481986
        123456789012345678901234567890 * 10 -> 1234567890123456789012345678900
        1e3 + .5 -> 1000.5
        2. * 3 -> 6
        1.5e-2 -> 0.015
        applicantName + 1 -> fault at character 15: a text is used as a number and is none; give it a number
        verified * 2 -> fault at character 10: true or false stands where a number is wanted; give it a number
        start - 1 -> fault at character 7: a date stands where a number is wanted; give it a number
        regions + 1 -> fault at character 9: a list stands where a number is wanted; give it a number
        """);
  }

  static Stream<Arguments> comparisons() {
    return Cases.of(
        """
        3 > 2.0 -> true
        2 > 2 -> false
        -2 >= -3 -> true
        1 >= 2 -> false
        0 < -1.5 -> false
        1.6 <= 1.7 -> true
        1.70 <= 1.7 -> true
        price > 12 -> true
        numberAsText > 5 -> true
        budget < 1 -> true
        budget >= 0 -> true
        note < 1 -> true
        2 == 2.0 -> true
        2 != 2.0 -> false
        1.6 != 1.66 -> true
        3 == '3' -> false
        numberAsText == 42 -> false
        numberAsText == "42" -> true
        applicationState == "approved" -> true
        applicationState = 'approved' -> true
        applicationState <> "approved" -> false
        applicationState == "Approved" -> false
        applicantName == "Åsa Lind" -> true
        verified == true -> true
        verified == TRUE -> true
        open == false -> false
        note == "" -> true
        note != "" -> false
        budget == "" -> true
        budget == 0 -> false
        open == "" -> true
        end == "" -> false
        none == "" -> true
        note == " " -> false
        note == budget -> true
        start == "2026-01-31" -> true
        start == "2026-02-31" -> false
        start == currentDate -> false
        currentDate == "2026-02-02" -> true
        at == "2026-02-01 0:30" -> true
        at == "2026-01-31T23:30:00Z" -> true
        seen == "2026-01-31T18:30" -> true
        seen == start -> false
        regions == "north, South" -> true
        currentUserId == 20123 -> true
        1 == 1 == true -> true
        "a" > 1 -> fault at character 5: a text is used as a number and is none; give it a number
        start > 1 -> fault at character 7: a date stands where a number is wanted; give it a number
        """);
  }

  static Stream<Arguments> logic() {
    return Cases.of(
        """
        true AND false -> false
        true and true -> true
        true && false -> false
        true & true -> true
        FALSE OR true -> true
        false or false -> false
        false || true -> true
        false | false -> false
        false AND false OR true -> true
        true OR false AND false -> true
        NOT true -> false
        not false -> true
        NOT NOT true -> true
        NOT NOT open == "" -> false
        not(-1 != 1.0) -> false
        NOT verified == false -> true
        NOT (verified == false) -> true
        NOT open -> true
        open OR verified -> true
        open AND verified -> false
        note OR true -> true
        none AND true -> false
        false AND 1 / 0 > 1 -> false
        true OR 1 / 0 > 1 -> true
        oldValue("applicationState") == "open" AND applicationState == "approved" -> true
        oldValue("status") != status -> true
        oldValue('note') == "" -> true
        applicantName AND true -> fault at character 15: a text stands where true or false is wanted; compare it with something, such as status == 0
        true AND 1 -> fault at character 6: a number stands where true or false is wanted; compare it with something, such as status == 0
        NOT status == 0 -> fault at character 1: a number stands where true or false is wanted; compare it with something, such as status == 0
        NOT 1 + 1 > 0 -> fault at character 1: a number stands where true or false is wanted; compare it with something, such as status == 0
        -1 + 2 -> 1
        -price * 2 -> -25.00
        NOT price -> fault at character 1: a number stands where true or false is wanted; compare it with something, such as status == 0
        """);
  }

  @ParameterizedTest
  @MethodSource({"arithmetic", "comparisons", "logic"})
  void everyOperatorGivesWhatItShould(String expression, String result) {
    assertThat(Sample.resultOf(expression)).isEqualTo(result);
  }
}
