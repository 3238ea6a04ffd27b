package dev.lockstep.hub.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionTest {

  static Stream<Arguments> realScripts() {
    return Cases.of(
        """
        isEmailAddress(email) OR email == "" -> true
        isEmailAddress(phone) OR phone == "" -> false
        isEmailAddress(note) OR note == "" -> true
        match(phone, "^\\(?\\d{3}\\)?[ -]\\d{3}-\\d{4}$") OR phone == "" -> true
        match(note, "^\\d+$") OR note == "" -> true
        isURL(website) OR website == "" -> true
        isURL(applicantName) OR applicantName == "" -> false
        applicationState == "approved" AND status == 0 -> true
        applicationState == "denied" AND status == 0 -> false
        """);
  }

  static Stream<Arguments> faults() {
    return Cases.of(
        """
        1 ++ 2 -> character 4: '+' stands where a value is missing; write a field, a number, a text in quotes or a function
        (1 * 2 -> character 1: the parenthesis that begins here is not closed; write ')' behind it
        sum(1, 2 -> character 4: the arguments that begin here have no end; write ')' behind it
        sum([1, 2) -> character 10: ')' does not follow from what is before it; put an operator, a comma or the closing bracket before it
        (1 2) -> character 4: '2' does not follow from what is before it; put an operator, a comma or the closing bracket before it
        status And 1 -> character 8: 'And' does not follow from what is before it; put an operator such as AND, OR or == between them
        1) -> character 2: ')' does not follow from what is before it; put an operator such as AND, OR or == between them
        status == -> character 10: the end stands where a value is missing; write a field, a number, a text in quotes or a function
        note == "abc -> character 9: the text that begins here has no end; close it with "
        note == 'abc" -> character 9: the text that begins here has no end; close it with '
        !verified -> character 1: '!' is no operator; write NOT, or !=
        a # b -> character 3: '#' has no meaning here; write texts in quotes, and names of letters, digits and _
        a 😀 b -> character 3: '😀' has no meaning here; write texts in quotes, and names of letters, digits and _
        contain(a, "b") -> character 1: there is no function 'contain'; write 'contains'
        Sum(1) -> character 1: there is no function 'Sum'; write 'sum'
        oldvalue("a") -> character 1: there is no function 'oldvalue'; write 'oldValue'
        oldValue(status) -> character 1: oldValue takes the name of one field, in quotes; write oldValue("status")
        sum([1, "a"]) -> character 9: a text cannot stand in this list; write numbers only, or texts only
        sum([]) -> character 6: ']' cannot stand in this list; write numbers only, or texts only
        [1] == 1 -> character 1: a list can only be the argument of a function; write it there, such as sum([1, 2])
        1 > NOT a -> character 5: NOT cannot stand here; put it and its operand in parentheses
        1e -> character 2: 'e' does not follow from what is before it; put an operator such as AND, OR or == between them
        match(a, "a++") -> character 10: the regular expression is not understood: invalid nested repetition operator; write it in the syntax of RE2, which has no lookahead, lookbehind, back references or possessive quantifiers; several match() with AND between them do for most
        match(a, "[a-z&&[^b]]") -> character 10: a class of characters holds '&&'; list the characters one by one, and write \\[ for a bracket
        """);
  }

  @ParameterizedTest
  @MethodSource("realScripts")
  void scriptsOfRealDefinitionsDoAsTheyAreMeant(String script, String result) {
    Expression expression = Expression.parse(script);

    assertThat(String.valueOf(expression.truth(new Sample()))).isEqualTo(result);
    assertThat(expression.check(Sample.KINDS, Kind.BOOLEAN)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultSaysWhereItIsAndWhatToWrite(String expression, String problem) {
    assertThatThrownBy(() -> Expression.parse(expression))
        .isInstanceOf(ExpressionFault.class)
        .hasMessage(problem);
  }

  @Test
  void thereMustBeSomething() {
    assertThatThrownBy(() -> Expression.parse(" \t\r\n\f"))
        .hasMessage("character 1: there is no expression; write one, such as status == 0");
  }

  @Test
  void itKnowsTheNamesItUses() {
    Expression expression =
        Expression.parse(
            "b > a AND oldValue(\"c\") != a OR currentUserId == r_ticket_ID2 AND"
                + " futureDates(größe, currentDate)");

    assertThat(expression.names()).containsExactly("b", "a", "r_ticket_ID2", "größe");
    assertThat(expression.oldNames()).containsExactly("c");
    assertThat(expression).hasToString(expression.text());
  }

  @Test
  void aConditionThatIsEmptyIsFalse() {
    assertThat(Expression.parse("open").truth(new Sample())).isFalse();
    assertThat(Expression.parse("note").truth(new Sample())).isFalse();
    assertThatThrownBy(() -> Expression.parse("applicantName").truth(new Sample()))
        .isInstanceOf(ExpressionFault.class)
        .hasMessageNotContaining("Lind");
  }

  @Test
  void valuesComeOutInOneForm() {
    assertThat(Sample.resultOf("status")).isEqualTo("0");
    assertThat(Sample.resultOf("ratio", new Sample().with("ratio", 1e300))).isEqualTo("1.0E+300");
    assertThat(Sample.resultOf("ratio", new Sample().with("ratio", Double.NaN)))
        .startsWith("fault at character 1: ");
    assertThat(Sample.resultOf("regions")).isEqualTo("[north, South]");
    assertThat(Sample.resultOf("at")).isEqualTo("2026-01-31T23:30:00Z");
  }

  @Test
  void oneExpressionServesManyThreads() {
    Expression expression =
        Expression.parse("match(phone, \"[0-9]+\") AND count * 2 == count + count");

    List<Boolean> answers =
        IntStream.range(0, 2000)
            .parallel()
            .mapToObj(i ->
                expression.truth(
                    new Sample().with("phone", i % 2 == 0 ? "12" : "x").with("count", (long) i)))
            .toList();

    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i)).isEqualTo(i % 2 == 0);
    }
  }
}
