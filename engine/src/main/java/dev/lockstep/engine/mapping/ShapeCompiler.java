package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Compiles {@code map}, or its absence. */
final class ShapeCompiler {
  private final SourceFields source;
  private final Dataset target;
  private final Findings findings;
  private final FieldCompiler compiler;

  private ShapeCompiler(SourceFields source, Dataset target, Findings findings) {
    this.source = source;
    this.target = target;
    this.findings = findings;
    this.compiler = new FieldCompiler(source, target, findings);
  }

  static Shape compile(SyncSpec spec, SourceFields source, Dataset target, Findings findings) {
    ShapeCompiler shape = new ShapeCompiler(source, target, findings);
    return spec.map().isEmpty() ? shape.sameNamed() : shape.mapped(spec);
  }

  private Shape mapped(SyncSpec spec) {
    List<TargetField> fields = new ArrayList<>();
    spec.map()
        .forEach((name, expression) -> compiler.compile(name, expression).ifPresent(fields::add));
    for (Field field : target.schema().fields()) {
      if (!field.nullable() && !spec.map().containsKey(field.name())) {
        findings.warning(
            "map." + field.name(),
            "'"
                + target.id()
                + "' needs a value for '"
                + field.name()
                + "', and nothing is mapped to it",
            "map it, unless the target fills it by itself");
      }
    }
    return new Shape.Fixed(fields);
  }

  private Shape sameNamed() {
    if (target.open()) {
      source.schema().fields().stream()
          .filter(field -> target.schema().has(field.name()))
          .forEach(field -> compiler.copy(field.name()));
      return new Shape.Everything(target.schema());
    }
    List<TargetField> fields = new ArrayList<>();
    for (Field field : target.schema().fields()) {
      if (source.has(field.name())) {
        compiler.copy(field.name());
        fields.add(new TargetField(field, new FieldSource.Copy(field.name())));
      } else if (!field.nullable()) {
        findings.warning(
            "map." + field.name(),
            "'"
                + target.id()
                + "' needs a value for '"
                + field.name()
                + "', and "
                + source.unknown(field.name()),
            "add a map that fills it, unless the target does so by itself");
      }
    }
    tellWhatIsLeftOut(fields);
    return new Shape.Fixed(fields);
  }

  private void tellWhatIsLeftOut(List<TargetField> fields) {
    if (fields.isEmpty()) {
      findings.problem(
          "map",
          "no field of '" + source.dataset() + "' is named as one of '" + target.id() + "'",
          "say what becomes what: map: {"
              + target.schema().names().stream().findFirst().orElse("name")
              + ": record.…}");
      return;
    }
    String left =
        source.schema().names().stream()
            .filter(name -> !target.schema().has(name))
            .collect(Collectors.joining(", "));
    if (!left.isEmpty()) {
      findings.warning(
          "map",
          "not copied, as '" + target.id() + "' has no fields of these names: " + left,
          "add a map if they belong there under other names");
    }
  }
}
