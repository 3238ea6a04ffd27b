package dev.lockstep.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.engine.sync.Leaving;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the guide to mapping does what the guide says. */
class GuideTest {
  private static final Pattern FIELD =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| ([a-z(),0-9]+) \\| (?:`(.*)`|not sent) \\|$");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?m)^\\| `(.+)` \\| ([a-z(),0-9]+) \\| `(.*)` \\|$");
  private static final Pattern CONVERSION = Pattern.compile("(?m)^\\| (\\w+) \\|(.*)\\|$");

  private static String guide() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
    }
    return Files.readString(folder.resolve("docs/guide/mapping.md"));
  }

  private static List<MatchResult> fields() throws IOException {
    String guide = guide();
    String table = guide.substring(guide.indexOf("about this record"), guide.indexOf("### Text"));
    return FIELD.matcher(table).results().toList();
  }

  private static Schema schema() throws IOException {
    return new Schema(
        fields().stream()
            .map(field -> Syncs.schema(field.group(1) + " " + field.group(2)).field(0))
            .toList());
  }

  private static @Nullable Object[] row() throws IOException {
    return fields().stream()
        .map(field -> carrier(Type.parse(field.group(2)), field.group(3)))
        .toArray();
  }

  static Stream<String> examples() throws IOException {
    String guide = guide();
    String sections = guide.substring(guide.indexOf("### Text"), guide.indexOf("## Types"));
    return EXAMPLE.matcher(sections).results().map(MatchResult::group);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void givesWhatItSays(String line) throws IOException {
    MatchResult example = EXAMPLE.matcher(line).results().findFirst().orElseThrow();
    Object value = Syncs.value(example.group(1), example.group(2), schema(), row());
    assertThat(String.valueOf(value)).isEqualTo(example.group(3));
  }

  @Test
  void hasExamplesToTry() throws IOException {
    assertThat(examples()).hasSizeGreaterThan(60);
    assertThat(fields()).hasSize(15);
  }

  @Test
  void convertsWhatTheTableSays() throws IOException {
    String guide = guide();
    String table =
        guide.substring(guide.indexOf("| from, to |"), guide.indexOf("- To a decimal of fewer"));
    List<String> targets =
        Arrays.stream(table.lines().findFirst().orElseThrow().split("\\|"))
            .map(String::strip)
            .skip(2)
            .toList();
    List<MatchResult> lines = CONVERSION.matcher(table).results().toList();
    assertThat(lines).hasSize(12);
    for (MatchResult line : lines) {
      String[] cells = line.group(2).split("\\|", -1);
      assertThat(cells).hasSize(targets.size());
      for (int i = 0; i < cells.length; i++) {
        tryOut(line.group(1), targets.get(i), cells[i].strip());
      }
    }
  }

  private static void tryOut(String from, String to, String cell) {
    Conversion conversion = Conversions.between(Type.parse(from), Type.parse(to));
    String told =
        switch (conversion) {
          case Conversion.Same() -> "yes";
          case Conversion.Possible(Converter converter, Optional<String> warning) ->
              warning.isPresent() ? "warn" : "yes";
          case Conversion.Impossible(String message, List<String> expressions, String note) ->
              "function";
        };
    boolean function = cell.isEmpty() || cell.startsWith("`");
    assertThat(function ? "function" : cell).as(from + " to " + to).isEqualTo(told);
    if (cell.startsWith("`")) {
      String expression = cell.replace("`", "").replaceAll("\\bx\\b", "record.x");
      compiles(Syncs.map("k", "1", "out", expression), null, "x " + from, "k int, out " + to, "k");
    }
  }

  @Test
  void mapsVerifiedDistributors() throws IOException {
    String guide = guide();
    String yaml = guide.substring(guide.indexOf("    map:\n"), guide.indexOf("```\n\nWithout"));
    SequencedMap<String, String> map =
        Syncs.map(
            Pattern.compile("(?m)^ {6}(\\w+): (.*)$")
                .matcher(yaml)
                .results()
                .flatMap(line -> Stream.of(line.group(1), line.group(2)))
                .toArray(String[]::new));
    assertThat(map).hasSize(3);
    compiles(
        map,
        guide.substring(guide.indexOf("where: ") + 7, guide.indexOf("\n    map:")),
        "externalReferenceCode text, businessName text, email text, status text",
        "externalId text, name text, email text",
        "externalId");
  }

  private static void compiles(
      SequencedMap<String, String> map,
      @Nullable String where,
      String source,
      String target,
      String key) {
    Dataset from = Syncs.dataset("source", "", source);
    Mapper mapper =
        Syncs.ready(
            Syncs.spec(where, Leaving.KEEP, map), from, Syncs.dataset("target", key, target));
    assertThat(mapper.key()).containsExactly(key);
  }

  private static @Nullable Object carrier(Type type, @Nullable String text) {
    if (text == null) {
      return Row.ABSENT;
    }
    if (text.equals("null")) {
      return null;
    }
    return switch (type) {
      case Type.Bool() -> Boolean.valueOf(text);
      case Type.Int() -> Long.valueOf(text);
      case Type.Float() -> Double.valueOf(text);
      case Type.Decimal(_, _) -> new BigDecimal(text);
      case Type.Text(_), Type.Any() -> text;
      case Type.Bytes() -> text.getBytes(StandardCharsets.UTF_8);
      case Type.Date() -> LocalDate.parse(text);
      case Type.Time() -> LocalTime.parse(text);
      case Type.DateTime() -> LocalDateTime.parse(text);
      case Type.Timestamp() -> Instant.parse(text);
      case Type.Json() -> new JsonText(text);
      case Type.ListOf(_) -> List.of(text.replaceAll("[\\[\\]\"]", "").split(","));
    };
  }
}
