package dev.lockstep.hub.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that are written to harm. What would never end is stopped by the minute. */
@Timeout(60)
class HostileTest {
  private static final int SHORT_STACK = 512 * 1024;

  private static String nested(String before, int times, String inner, String after) {
    return before.repeat(times) + inner + after.repeat(times);
  }

  private static String inShortStack(String expression) throws InterruptedException {
    String[] result = {""};
    Thread thread =
        new Thread(
            null, () -> result[0] = Sample.resultOf(expression), "short of stack", SHORT_STACK);
    thread.start();
    thread.join();
    return result[0];
  }

  @Test
  void whatIsNestedAsDeepAsItMayBeNeedsLittleStack() throws InterruptedException {
    int most = Expression.MOST_DEPTH - 1;

    assertThat(inShortStack(nested("(", most, "1", ")"))).isEqualTo("1");
    assertThat(inShortStack(nested("(1 + ", most / 2, "1", ")"))).isEqualTo("100");
    assertThat(inShortStack(nested("(true OR false AND 1 == 1 > 0 + 0 * ", most / 7, "1", ")")))
        .isEqualTo("true");
    assertThat(inShortStack(nested("max(1, ", most, "2", ")"))).isEqualTo("2");
    assertThat(inShortStack(nested("condition(true, ", most, "2", ", 1)"))).isEqualTo("2");
    assertThat(inShortStack("NOT ".repeat(most - 1) + "true")).isEqualTo("true");
    assertThat(inShortStack("-".repeat(most - 1) + "1")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "(1 + (", "max(1, ", "NOT ", "-", "NOT (", "sum([1], (", "not -("})
  void whatIsNestedDeeperIsRefused(String opening) throws InterruptedException {
    assertThat(inShortStack(opening.repeat(60_000 / opening.length())))
        .contains("nested more than 200 deep");
  }

  @Test
  void whatIsLongIsNotDeep() throws InterruptedException {
    assertThat(inShortStack("false" + " OR false".repeat(7000) + " OR true")).isEqualTo("true");
    assertThat(inShortStack("0" + " + 1".repeat(16_000))).isEqualTo("16000");
    assertThat(inShortStack("true" + " == true".repeat(8000))).isEqualTo("true");
    assertThat(inShortStack("sum(1" + ", 1".repeat(20_000) + ")")).isEqualTo("20001");
    assertThat(inShortStack("0".repeat(Expression.MOST_CHARACTERS)))
        .contains("more than 1000 digits");
    assertThat(inShortStack("1 ".repeat(Expression.MOST_CHARACTERS)))
        .contains("longer than 65536 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999 + 1",
        "1e-999999999 + 1",
        "1e99999999999999",
        "pow(pow(9, 900), 900)",
        "pow(9, 1e9)",
        "pow(9e900, 4000)",
        "price + 1",
        "ratio > 1"
      })
  void numbersStaySmallEnoughToCountWith(String expression) {
    Sample scope =
        new Sample()
            .with("price", "9".repeat(1_000_000))
            .with("ratio", new java.math.BigDecimal("1e2000000000"));

    assertThat(Sample.resultOf(expression, scope)).startsWith("fault at character ");
  }

  @Test
  void factorsThatGrowAreStopped() {
    String long900 = "9".repeat(900);

    assertThat(Sample.resultOf(long900 + (" * " + long900).repeat(60)))
        .contains("more than 1000 digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a|aa)+b", "(a|a?)+b", "(.*)*(.*)*(.*)*b", "(x+x+)+y|(a*)*b"})
  void aRegularExpressionThatWouldBacktrackForEverDoesNot(String regex) {
    Sample scope = new Sample().with("note", "a".repeat(60_000) + "!");

    assertThat(Sample.resultOf("match(note, \"" + regex + "\")", scope)).isEqualTo("false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((((a{1000}){1000}){1000}){1000}){1000}",
        "(?:a{900}){900}",
        "a{99999}",
        "((a{100}|b){10,100}){2}",
        "\\\\Q((({{{\\\\E{9999}",
        "[a-z]{5001}",
        "\\\\p{L}{5001}",
        "a{1001}"
      })
  void aRegularExpressionThatWouldFillTheMemoryIsRefused(String regex) {
    assertThat(Sample.resultOf("match(note, \"" + regex.replace("\\\\", "\\") + "\")"))
        .startsWith("fault at character 13: the regular expression is ");
  }

  @Test
  void aRegularExpressionNestedDeepIsRefused() throws InterruptedException {
    assertThat(inShortStack("match(note, \"" + nested("(", 20_000, "a", ")") + "\")"))
        .contains("too large");
    assertThat(inShortStack("match(note, \"" + nested("(", 90, "a", ")*") + "\")"))
        .isEqualTo("true");
  }

  @Test
  void searchingALongTextOverAndOverIsStopped() {
    Sample scope = new Sample().with("note", "a".repeat(1_000_000));
    String search = "contains(note, \"b\")";

    assertThat(Sample.resultOf(search + (" OR " + search).repeat(2000), scope))
        .contains("too much work");
    assertThat(Sample.resultOf("match(note, \"(a|b|c|d|e){1,20}\")", scope))
        .contains("too much work");
    assertThat(Sample.resultOf("concat(note" + ", note".repeat(5000) + ")", scope))
        .contains("longer than 1000000 characters");
    assertThat(Sample.resultOf("isEmpty(note) OR isEmailAddress(note)", scope)).isEqualTo("false");
  }

  private static final String[] WORDS = {
    "(",
    ")",
    "[",
    "]",
    ",",
    "AND",
    "or",
    "NOT",
    "==",
    "<>",
    "<",
    "+",
    "-",
    "*",
    "/",
    "1",
    "2.5",
    "\"a\"",
    "'",
    "\"",
    "note",
    "price",
    "start",
    "regions",
    "verified",
    "sum(",
    "match(",
    "contains(",
    "addDays(",
    "oldValue(",
    "\"(\"",
    "true",
    "!",
    "\u00a0",
    "😀",
    "\ud800",
    "\0"
  };
  private static final String[] OPERANDS = {
    "1",
    "2.5",
    "\"a\"",
    "\"\"",
    "note",
    "price",
    "start",
    "regions",
    "verified",
    "at",
    "open",
    "true"
  };
  private static final String[] OPERATORS = {
    " AND ", " or ", " == ", "<>", "<", "+", "-", "*", "/"
  };
  private static final String[] FORMS = {
    "NOT x",
    "-x",
    "(x)",
    "(x)",
    "sum(x)",
    "contains(x, x)",
    "addDays(x, x)",
    "length(x)",
    "isEmpty(x)",
    "concat(x, x)",
    "between(x, x)",
    "futureDates(x, x)",
    "isURL(x, x)"
  };

  private static String nonsense(Random random) {
    StringBuilder text = new StringBuilder();
    for (int word = random.nextInt(10); word >= 0; word--) {
      text.append(one(random, WORDS)).append(random.nextBoolean() ? " " : "");
    }
    return text.toString();
  }

  private static String wellFormed(Random random, int depth) {
    int form = depth == 0 ? 0 : random.nextInt(4);
    if (form == 1) {
      String text = one(random, FORMS);
      while (text.contains("x")) {
        text = text.replaceFirst("x", wellFormed(random, depth - 1));
      }
      return text;
    }
    return form == 0
        ? one(random, OPERANDS)
        : wellFormed(random, depth - 1) + one(random, OPERATORS) + wellFormed(random, depth - 1);
  }

  private static String one(Random random, String[] of) {
    return of[random.nextInt(of.length)];
  }

  /** Whether it was evaluated; otherwise it was refused, and nothing else came of it. */
  private static boolean isEvaluated(String text) {
    boolean sound = false;
    try {
      Expression expression = Expression.parse(text);
      sound = expression.check(Sample.KINDS).isEmpty();
      expression.evaluate(new Sample());
      return true;
    } catch (ExpressionFault fault) {
      assertThat(fault.problem().position()).as(text).isBetween(1, text.length() + 1);
      if (sound) {
        assertThat(fault.problem().message())
            .as("%s, in which the check found nothing", text)
            .doesNotContain("is wanted", "is called with");
      }
      return false;
    }
  }

  @Test
  void nonsenseIsRefusedOrHarmless() {
    Random random = new Random(20260101);
    int evaluated = 0;
    for (int i = 0; i < 10_000; i++) {
      evaluated += isEvaluated(nonsense(random)) ? 1 : 0;
    }
    assertThat(evaluated).isBetween(200, 9_800);
  }

  @Test
  void whereTheCheckFindsNothingNoValueIsOfTheWrongKind() {
    Random random = new Random(20260102);
    int evaluated = 0;
    for (int i = 0; i < 10_000; i++) {
      evaluated += isEvaluated(wellFormed(random, 3)) ? 1 : 0;
    }
    assertThat(evaluated).isBetween(1000, 9_000);
  }

  @Test
  void itIsNeitherTooLongNorNull() {
    String longest = "1" + " ".repeat(Expression.MOST_CHARACTERS - 1);

    assertThat(Sample.resultOf(longest)).isEqualTo("1");
    assertThatThrownBy(() -> Expression.parse(longest + " ")).isInstanceOf(ExpressionFault.class);
  }
}
