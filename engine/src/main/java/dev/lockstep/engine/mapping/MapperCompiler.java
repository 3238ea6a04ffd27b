package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Schema;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.LinkedHashSet;
import java.util.List;
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
            where.expression() == null
                ? shape.copying()
                : new Mapper.Copying.Computed("`where` is decided here"));
    return new Compiled.Ready(
        spec.mode() == Mode.APPEND ? new AppendingMapper(mapper) : mapper, findings.warnings());
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
