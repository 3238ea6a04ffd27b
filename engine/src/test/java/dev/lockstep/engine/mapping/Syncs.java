package dev.lockstep.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.engine.sync.Leaving;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.engine.sync.TestSync;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Syncs, datasets and rows in one line each: {@code "id int!, name text(20)"}, {@code !} for not
 * null.
 */
final class Syncs {
  private Syncs() {}

  static Schema schema(String fields) {
    return new Schema(
        fields.isBlank()
            ? List.of()
            : Arrays.stream(fields.split(",(?![^(]*\\))")).map(Syncs::field).toList());
  }

  private static Field field(String text) {
    String[] parts = text.strip().split(" ", 2);
    boolean required = parts[1].endsWith("!");
    String label = required ? parts[1].substring(0, parts[1].length() - 1) : parts[1];
    return new Field(parts[0], Type.parse(label), !required);
  }

  static Dataset dataset(String id, String key, String fields) {
    return new Dataset(new DatasetId(id), schema(fields), keys(key), false);
  }

  static Dataset open(String id, String key, String fields) {
    return new Dataset(new DatasetId(id), schema(fields), keys(key), true);
  }

  private static List<String> keys(String key) {
    return key.isEmpty() ? List.of() : List.of(key.split(" "));
  }

  static SequencedMap<String, String> map(String... namesAndExpressions) {
    SequencedMap<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndExpressions.length; i += 2) {
      map.put(namesAndExpressions[i], namesAndExpressions[i + 1]);
    }
    return map;
  }

  static SyncSpec spec(@Nullable String where, Leaving leaving, SequencedMap<String, String> map) {
    return spec(where, leaving, map, List.of(), Mode.UPSERT);
  }

  static SyncSpec spec(
      @Nullable String where,
      Leaving leaving,
      SequencedMap<String, String> map,
      List<String> key,
      Mode mode) {
    return TestSync.of("s", "a.source", "b.target")
        .where(Optional.ofNullable(where))
        .leaving(leaving)
        .map(map)
        .key(key)
        .mode(mode)
        .spec();
  }

  static Mapper ready(SyncSpec spec, Dataset source, Dataset target) {
    return switch (MapperCompiler.compile(spec, source, target)) {
      case Compiled.Ready(Mapper mapper, List<Problem> warnings) -> mapper;
      case Compiled.Broken(List<Problem> problems) -> throw new AssertionError(problems.toString());
    };
  }

  static List<Problem> warnings(SyncSpec spec, Dataset source, Dataset target) {
    Compiled compiled = MapperCompiler.compile(spec, source, target);
    assertThat(compiled).isInstanceOf(Compiled.Ready.class);
    return ((Compiled.Ready) compiled).warnings();
  }

  static List<Problem> problems(SyncSpec spec, Dataset source, Dataset target) {
    Compiled compiled = MapperCompiler.compile(spec, source, target);
    assertThat(compiled).isInstanceOf(Compiled.Broken.class);
    return ((Compiled.Broken) compiled).problems();
  }

  /** What one expression over {@code source} gives for one row, as the value of a target field. */
  static @Nullable Object value(
      String expression, String to, Schema source, @Nullable Object... row) {
    Mapper mapper = mapper(expression, to, source);
    Mapper.Mapped mapped = mapper.upserted(Row.of(source, row), Optional.empty());
    return switch (mapped) {
      case Mapper.Mapped.Upsert(var key, Row made) -> made.get("out");
      case Mapper.Mapped.Refused(String reason, String remedy) ->
          "refused: " + reason + "; " + remedy;
      case Mapper.Mapped.Delete delete -> throw new AssertionError(delete.toString());
      case Mapper.Mapped.Move move -> throw new AssertionError(move.toString());
      case Mapper.Mapped.Filtered filtered -> throw new AssertionError(filtered.toString());
    };
  }

  private static Mapper mapper(String expression, String to, Schema source) {
    return ready(
        spec(null, Leaving.KEEP, map("k", "1", "out", expression)),
        new Dataset(new DatasetId("source"), source, List.of(), false),
        dataset("target", "k", "k int!, out " + to));
  }
}
