package dev.lockstep.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that no carrier holds pass where nothing is converted, and are refused where it is. */
class SpecialTest {
  private static final Special VALUE = new Special("infinity");

  private static final List<String> TYPES =
      List.of(
          "bool",
          "int",
          "float",
          "decimal",
          "decimal(9,2)",
          "text",
          "text(20)",
          "bytes",
          "date",
          "time",
          "datetime",
          "timestamp",
          "json",
          "any",
          "list(date)");

  /** Where types are the same it passes; text and JSON take its text; all else refuses it. */
  @Test
  void isKeptBetweenEqualTypesAndRefusedByConversions() {
    int passed = 0;
    int asText = 0;
    int refused = 0;
    for (String from : TYPES) {
      for (String to : TYPES) {
        switch (Conversions.between(Type.parse(from), Type.parse(to))) {
          case Conversion.Same() -> passed++;
          case Conversion.Impossible _ -> refused++;
          case Conversion.Possible(Converter converter, var _) -> {
            Object answer = convert(converter);
            if (answer instanceof Unfit unfit) {
              assertThat(unfit.reason()).isEqualTo("'infinity' does not fit " + to);
              assertThat(unfit.remedy()).isEqualTo(Special.REMEDY);
              refused++;
            } else {
              assertThat(answer).isIn("infinity", new JsonText("\"infinity\""));
              assertThat(to).containsPattern("text|json");
              asText++;
            }
          }
        }
      }
    }
    assertThat(List.of(passed, asText, refused)).doesNotContain(0);
    assertThat(passed + asText + refused).isEqualTo(TYPES.size() * TYPES.size());
  }

  private static Object convert(Converter converter) {
    try {
      return Objects.requireNonNull(converter.convert(VALUE));
    } catch (Unfit e) {
      return e;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          string(record.at)                                 | text
          record.at < timestamp('2026-01-31T00:00:00Z')     | bool
          record.days.size()                                | int
          record.amount + decimal('1')                      | decimal
          record.amount == decimal('1') ? 'a' : 'b'         | text
          """)
  void anExpressionThatReadsItIsRefused(String expression, String to) {
    assertThat(evaluated(expression, to))
        .asString()
        .startsWith("refused: field 'out': ")
        .contains("is no value that an expression can take")
        .endsWith(Special.REMEDY);
  }

  @Test
  void anExpressionThatDoesNotReadItIsNot() {
    assertThat(evaluated("record.id + 1", "int")).isEqualTo(2L);
    assertThat(evaluated("record.at", "timestamp")).isEqualTo(VALUE);
    assertThat(evaluated("record", "json"))
        .isEqualTo(
            new JsonText(
                "{\"id\":1,\"at\":\"infinity\",\"days\":[\"infinity\"],\"amount\":\"NaN\"}"));
  }

  private static @Nullable Object evaluated(String expression, String to) {
    Schema schema = Syncs.schema("id int!, at timestamp, days list(date), amount decimal");
    return Syncs.value(expression, to, schema, 1L, VALUE, List.of(VALUE), new Special("NaN"));
  }
}
