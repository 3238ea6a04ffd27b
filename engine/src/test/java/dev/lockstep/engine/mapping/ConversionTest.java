package dev.lockstep.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.engine.sync.Leaving;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which type becomes which, and which values survive it. */
class ConversionTest {
  private static final List<String> TYPES =
      List.of(
          "bool",
          "int",
          "float",
          "decimal",
          "decimal(9,2)",
          "text",
          "text(5)",
          "bytes",
          "date",
          "time",
          "datetime",
          "timestamp",
          "json",
          "any",
          "list(int)",
          "list(text)");

  @Test
  void sortsEveryPairOfTypes() {
    String table =
        """
        bool         = c . . . c c . . . . . c = . .
        int          c = w c w c c . . . . . c = . .
        float        . . = c . c c . . . . . c = . .
        decimal      . w . = w c c . . . . . c = . .
        decimal(9,2) . . . = = c c . . . . . c = . .
        text         c c c c c = w . c c c c c = . .
        text(5)      c c c c c = = . c c c c c = . .
        bytes        . . . . . . . = . . . . . = . .
        date         . . . . . c c . = . c . c = . .
        time         . . . . . c c . . = . . c = . .
        datetime     . . . . . c c . . . = . c = . .
        timestamp    . . . . . c c . . . . = c = . .
        json         c c c c c c c . c c c c = = c c
        any          c c c c c c c c c c c c c = c c
        list(int)    . . . . . . . . . . . . c = = c
        list(text)   . . . . . . . . . . . . c = c =
        """;
    assertThat(matrix()).isEqualToIgnoringWhitespace(table);
  }

  private static String matrix() {
    StringBuilder table = new StringBuilder();
    for (String from : TYPES) {
      table.append(String.format("%-12s", from));
      for (String to : TYPES) {
        table.append(' ').append(verdict(Conversions.between(Type.parse(from), Type.parse(to))));
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static char verdict(Conversion conversion) {
    return switch (conversion) {
      case Conversion.Same() -> '=';
      case Conversion.Possible(Converter converter, Optional<String> warning) ->
          warning.isPresent() ? 'w' : 'c';
      case Conversion.Impossible impossible -> '.';
    };
  }

  static Stream<String> pairs() {
    return TYPES.stream().flatMap(from -> TYPES.stream().map(to -> from + " > " + to));
  }

  /** Every remedy that is an expression is tried, as a user would. */
  @ParameterizedTest
  @MethodSource("pairs")
  void namesAnExpressionThatCompiles(String pair) {
    Type from = Type.parse(pair.split(" > ")[0]);
    Type to = Type.parse(pair.split(" > ")[1]);
    if (!(Conversions.between(from, to) instanceof Conversion.Impossible impossible)) {
      return;
    }
    assertThat(impossible.message()).contains(from.label(), to.label());
    assertThat(impossible.remedy("record.x")).doesNotContain("%s").isNotBlank();
    for (String expression : impossible.expressions()) {
      Syncs.ready(
          Syncs.spec(
              null, Leaving.KEEP, Syncs.map("k", "1", "x", expression.replace("%s", "record.x"))),
          dataset("source", from),
          dataset("target", to));
    }
  }

  private static Dataset dataset(String id, Type type) {
    Schema schema = Schema.of(Field.of("k", new Type.Int()), Field.of("x", type));
    return new Dataset(new DatasetId(id), schema, List.of("k"), false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          bool         | true                 | int          | 1
          bool         | false                | text         | false
          bool         | true                 | json         | true
          int          | 0                    | bool         | false
          int          | 1                    | bool         | true
          int          | 2                    | bool         | !'2' does not fit bool
          int          | 42                   | text         | 42
          int          | 123456               | text(5)      | !6 characters
          int          | 9007199254740993     | float        | !does not fit float
          int          | 9007199254740992     | float        | 9.007199254740992E15
          int          | 42                   | decimal(9,2) | 42
          int          | 12345678             | decimal(9,2) | !too large
          int          | 42                   | json         | 42
          float        | 0.1                  | decimal      | 0.1
          float        | 0.1                  | text         | 0.1
          float        | 2.5                  | json         | 2.5
          float        | NaN                  | json         | !does not fit json
          float        | NaN                  | decimal      | !does not fit decimal
          decimal      | 12                   | int          | 12
          decimal      | 12.0                 | int          | 12
          decimal      | 12.5                 | int          | !drop a fraction
          decimal      | 9223372036854775808  | int          | !does not fit int
          decimal      | 12.500               | decimal(9,2) | 12.50
          decimal      | 12.505               | decimal(9,2) | !round(…, 2)
          decimal      | 12345678             | decimal(9,2) | !too large
          decimal      | 1E+3                 | text         | 1000
          decimal      | 12.50                | json         | 12.50
          text         | 42                   | int          | 42
          text         | ` 42 `               | int          | 42
          text         | 4x2                  | int          | !'4x2' does not fit int
          text         | 9223372036854775808  | int          | !within 64 bits
          text         | 1.5                  | float        | 1.5
          text         | x                    | float        | !a float is written
          text         | 1e999                | float        | !map to a decimal
          text         | 1.50                 | decimal      | 1.50
          text         | 1,50                 | decimal      | !digits and a point
          text         | 1e999999999          | decimal      | !does not fit decimal
          text         | yes                  | bool         | true
          text         | OFF                  | bool         | false
          text         | maybe                | bool         | !write true or false
          text         | 2026-01-31           | date         | 2026-01-31
          text         | 0000-00-00           | date         | !'0000-00-00' does not fit date
          text         | 2026-02-30           | date         | !a date is written 2026-01-31
          text         | 31.01.2026           | date         | !a date is written 2026-01-31
          text         | 18:30                | time         | 18:30
          text         | 25:00                | time         | !a time is written
          text         | 2026-01-31 18:30:00  | datetime     | 2026-01-31T18:30
          text         | 2026-01-31           | datetime     | !a date and time is written
          text         | 2026-01-31T18:30:00Z | timestamp    | 2026-01-31T18:30:00Z
          text         | 2026-01-31 18:30+02:00 | timestamp  | 2026-01-31T16:30:00Z
          text         | 2026-01-31T18:30:00  | timestamp    | !for text without a zone
          text         | häßlich              | text(5)      | !7 characters
          text         | grün!                | text(5)      | grün!
          text         | 😀😀😀😀😀           | text(5)      | 😀😀😀😀😀
          text         | 😀😀😀😀😀😀         | text(5)      | !6 characters
          text         | {\"a\":1}            | json         | {\"a\":1}
          text         | {a:1}                | json         | !correct the JSON
          text         | {} {}                | json         | !correct the JSON
          text         | `  ` | json         | !correct the JSON
          date         | 2026-01-31           | text         | 2026-01-31
          date         | 2026-01-31           | datetime     | 2026-01-31T00:00
          date         | 2026-01-31           | json         | \"2026-01-31\"
          time         | 18:30                | text         | 18:30:00
          datetime     | 2026-01-31T18:30     | text         | 2026-01-31T18:30:00
          timestamp    | 2026-01-31T18:30:00Z | text         | 2026-01-31T18:30:00Z
          json         | 42                   | int          | 42
          json         | 4.20                 | decimal      | 4.20
          json         | 0.1                  | float        | 0.1
          json         | 0.10000000000000000001 | float      | !round it
          json         | \"2026-01-31\"       | date         | 2026-01-31
          json         | true                 | bool         | true
          json         | null                 | int          | null
          json         | {\"a\":1}            | text         | {\"a\":1}
          json         | {\"a\":1}            | int          | !map a field inside of it
          json         | [1, \"2\", null]     | list(int)    | [1, 2, null]
          json         | [1, [2]]             | list(int)    | !does not fit int
          json         | {}                   | list(int)    | !a list is written
          json         | [1                   | list(int)    | !correct the JSON
          any          | 42                   | int          | 42
          any          | 42                   | text         | 42
          any          | 42                   | bytes        | !write bytes(…)
          any          | 42                   | date         | !write date(…)
          any          | x                    | json         | \"x\"
          list(int)    | 1 2                  | list(text)   | [1, 2]
          list(text)   | 1 2                  | list(int)    | [1, 2]
          list(text)   | 1 x                  | list(int)    | !'x' does not fit int
          list(int)    | 1 2                  | json         | [1,2]
          """)
  void convertsOrRefuses(String from, String value, String to, String expected) {
    Object given = carrier(Type.parse(from), value);
    if (expected.startsWith("!")) {
      assertThat(mapped(from, to, given)).asString().contains("field 'x': ", expected.substring(1));
    } else {
      Object made = mapped(from, to, given);
      assertThat(String.valueOf(made)).isEqualTo(expected);
      assertThat(made == null || Type.parse(to).carrier().isInstance(made)).isTrue();
    }
  }

  @Test
  void letsBytesPassAndRefusesToGuessTheirText() {
    byte[] bytes = "hi".getBytes(StandardCharsets.UTF_8);
    assertThat(mapped("bytes", "bytes", bytes)).isSameAs(bytes);
    assertThat(mapped("any", "bytes", bytes)).isSameAs(bytes);
    assertThat(mapped("any", "text", bytes)).asString().contains("2 bytes does not fit text");
  }

  @Test
  void shortensTheValueItTells() {
    assertThat(mapped("text", "int", "9".repeat(500)))
        .asString()
        .contains("'" + "9".repeat(60) + "…'")
        .hasSizeLessThan(250);
  }

  private static Object carrier(Type type, String text) {
    return switch (type) {
      case Type.Bool() -> Boolean.valueOf(text);
      case Type.Int() -> Long.valueOf(text);
      case Type.Float() -> Double.valueOf(text);
      case Type.Decimal(_, _) -> new BigDecimal(text);
      case Type.Text(_) -> text;
      case Type.Bytes() -> text.getBytes(StandardCharsets.UTF_8);
      case Type.Date() -> LocalDate.parse(text);
      case Type.Time() -> LocalTime.parse(text);
      case Type.DateTime() -> LocalDateTime.parse(text);
      case Type.Timestamp() -> Instant.parse(text);
      case Type.Json() -> new JsonText(text);
      case Type.ListOf(Type element) ->
          new ArrayList<>(Arrays.stream(text.split(" ")).map(e -> carrier(element, e)).toList());
      case Type.Any() -> text.matches("\\d+") ? Long.valueOf(text) : text;
    };
  }

  /** Through the whole mapper, by a rename. */
  private static @Nullable Object mapped(String from, String to, Object value) {
    Dataset source = dataset("source", Type.parse(from));
    Mapper mapper =
        Syncs.ready(
            Syncs.spec(null, Leaving.KEEP, Syncs.map("k", "record.k", "x", "record.x")),
            source,
            dataset("target", Type.parse(to)));
    return switch (mapper.upserted(Row.of(source.schema(), 1L, value), Optional.empty())) {
      case Mapper.Mapped.Upsert(var key, Row row) -> row.get("x");
      case Mapper.Mapped.Refused(String reason, String remedy) -> reason + "; " + remedy;
      default -> throw new AssertionError("neither upserted nor refused");
    };
  }
}
