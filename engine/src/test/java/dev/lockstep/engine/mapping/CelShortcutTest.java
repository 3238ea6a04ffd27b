package dev.lockstep.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shortcut answers is what CEL answers, which inside a list is always asked. */
class CelShortcutTest {
  private static final Schema SCHEMA =
      Syncs.schema("a text, b text, m int, n int, yes bool, no bool, amount decimal(12,2)");

  private static final Dataset SOURCE =
      new Dataset(new DatasetId("things"), SCHEMA, List.of("a"), false);

  private static final List<@Nullable Object> TEXTS =
      List.of(
          "",
          " ",
          "ab",
          " Ab\t",
          "\u00a0Ä\u2003",
          "\u001cx\u001f",
          "\u180ex\u200b",
          "\u2028 \ud83d\ude00\u3000",
          "ÀZ");

  private static final long[] NUMBERS = {
    0, 1, -1, 7, -3, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, -(1L << 32)
  };

  private static Object answer(Expression expression, Row row) {
    try {
      Object value = expression.evaluate(new Subject(row));
      return value == null ? "(null)" : value;
    } catch (Unfit e) {
      return "refused";
    }
  }

  private static Expression compiled(String text) {
    return switch (new CelExpressions(SOURCE).compile(text)) {
      case ExpressionCompiler.Outcome.Checked(Expression expression, var type) -> expression;
      case ExpressionCompiler.Outcome.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }

  private static Row row(@Nullable Object text, @Nullable Object other, long m, long n) {
    return Row.of(SCHEMA, text, other, m, n, m > n, false, new BigDecimal("1.50"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "record.a.trim()",
        "record.a.trim().lowerAscii() + '-' + record.b.upperAscii()",
        "record.a == record.b",
        "record.a != null && record.a != 'ab'",
        "default(record.a, 'none')",
        "default(record.b, record.a).trim()",
        "has(record.a) ? record.a : record.b",
        "record.m + record.n",
        "record.m - record.n",
        "record.m * record.n",
        "record.m / record.n",
        "record.m % record.n",
        "record.m / record.n > 0 || record.yes",
        "record.yes || record.m / record.n > 0",
        "record.m / record.n > 0 && record.no",
        "record.no && record.m / record.n > 0",
        "!record.yes ? record.m : record.n",
        "record.m < record.n",
        "record.m <= record.n",
        "record.m > record.n",
        "record.m >= record.n",
        "record.m == record.n",
        "record.m == record.amount",
        "record.n != 7",
        "record.yes == record.no",
        "record.a == null",
      })
  void answersAsCelDoes(String text) {
    Expression shortcut = compiled(text);
    Expression cel = compiled("[" + text + "][0]");
    for (Object a : TEXTS) {
      for (long m : NUMBERS) {
        for (long n : NUMBERS) {
          Row row = row(a, "ab", m, n);
          assertThat(answer(shortcut, row)).as("%s of %s", text, row).isEqualTo(answer(cel, row));
        }
      }
    }
    for (Row odd : List.of(row(null, "ab", 1, 2), row(Row.ABSENT, null, 1, 2))) {
      assertThat(answer(shortcut, odd)).as("%s of %s", text, odd).isEqualTo(answer(cel, odd));
    }
  }

  private static Object taken(String text, Row row) throws Exception {
    return CelShortcut.of(CelEnvironment.COMPILER.parse(text).getAst().getExpr())
        .orElseThrow()
        .evaluate(row);
  }

  @Test
  void isTakenWhereItKnowsTheValues() throws Exception {
    Row row = row(" Ab ", null, 7, 2);
    assertThat(taken("record.a.trim().lowerAscii()", row)).isEqualTo("ab");
    assertThat(taken("default(record.b, 'none')", row)).isEqualTo("none");
    assertThat(taken("record.m % record.n == 1 && record.a != ''", row)).isEqualTo(true);
    assertThat(taken("record.amount == 1", row)).isSameAs(CelShortcut.UNSURE);
    assertThat(taken("record.b.trim()", row)).isSameAs(CelShortcut.UNSURE);
  }

  @Test
  void isNotMadeOfWhatItDoesNotKnow() throws Exception {
    for (String text : List.of("record.a.size()", "[record.a]", "record.a + string(record.m)")) {
      assertThat(CelShortcut.of(CelEnvironment.COMPILER.parse(text).getAst().getExpr())).isEmpty();
    }
  }
}
