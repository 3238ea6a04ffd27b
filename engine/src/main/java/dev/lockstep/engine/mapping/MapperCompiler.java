package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Filter;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.engine.mapping.Mapper.Copying;
import dev.lockstep.engine.sync.Leaving;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks a sync's condition and mapping against both datasets, whole, and makes the mapper. */
public final class MapperCompiler {
  private MapperCompiler() {}

  /**
   * Compiles what a sync says of its records. Touches neither system; called whenever either
   * dataset's schema was read anew.
   */
  public static Compiled compile(SyncSpec spec, Dataset source, Dataset target) {
    Findings findings = new Findings();
    SourceFields fields = new SourceFields(source);
    Condition where = ConditionCompiler.compile(spec, fields, findings);
    Shape shape = ShapeCompiler.compile(spec, fields, target, findings);
    TargetKey key = KeyCompiler.compile(spec, shape, fields, target, findings);
    if (findings.broken()) {
      return new Compiled.Broken(findings.problems());
    }
    Schema made = new Plan(source.schema(), shape.of(source.schema())).target();
    Plans plans = new Plans(shape::of, source.schema());
    Mapper mapper =
        new CompiledMapper(
            where,
            spec.leaving(),
            plans,
            key,
            made,
            reads(where, shape, source),
            copying(spec, where, shape, source));
    return new Compiled.Ready(
        spec.mode() == Mode.APPEND ? new AppendingMapper(mapper) : mapper, findings.warnings());
  }

  private static Copying copying(SyncSpec spec, Condition where, Shape shape, Dataset source) {
    Expression condition = where.expression();
    return switch (shape.copying()) {
      case Copying.Plain plain when condition != null ->
          switch (sieve(spec, condition, source.schema())) {
            case Sieve.Asked(Filter filter) ->
                new Copying.Plain(plain.fields(), Optional.of(filter));
            case Sieve.Kept(String reason) ->
                new Copying.Computed("`where` is decided here: " + reason);
          };
      case Copying other -> other;
    };
  }

  private static Sieve sieve(SyncSpec spec, Expression condition, Schema source) {
    if (spec.leaving() == Leaving.DELETE) {
      return new Sieve.Kept("records that do not meet it are deleted");
    }
    // What a source is not sure of would hold back every deletion.
    Optional<String> unsure =
        condition.reads().stream()
            .filter(name -> spec.mode() == Mode.MIRROR && !isExact(source, name))
            .sorted()
            .findFirst();
    return unsure.isPresent()
        ? new Sieve.Kept("a mirror looks at '" + unsure.get() + "' itself")
        : condition.sieve(source);
  }

  /** Whether every value that a source may hold is one that expressions take. */
  private static boolean isExact(Schema source, String name) {
    int index = source.indexOf(name);
    Type type = index < 0 ? new Type.Any() : source.field(index).type();
    return type instanceof Type.Text || type instanceof Type.Int || type instanceof Type.Bool;
  }

  private static List<String> reads(Condition where, Shape shape, Dataset source) {
    Expression condition = where.expression();
    if (source.open() || shape.readsAll() || (condition != null && condition.readsAll())) {
      return List.of();
    }
    Set<String> names = new LinkedHashSet<>(shape.reads());
    if (condition != null) {
      names.addAll(condition.reads());
    }
    return source.schema().names().stream().filter(names::contains).toList();
  }
}
