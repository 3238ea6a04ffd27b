package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles {@code key}: each of its fields must be made by the mapping. */
final class KeyCompiler {
  private static final String SETTING = "key";

  private KeyCompiler() {}

  static TargetKey compile(
      SyncSpec spec, Shape shape, SourceFields source, Dataset target, Findings findings) {
    List<String> names = spec.key().isEmpty() ? target.key() : spec.key();
    if (names.isEmpty() && spec.mode() != Mode.APPEND) {
      findings.problem(
          SETTING,
          "'" + target.id() + "' does not say which fields identify a record",
          spec.group()
              .map(group ->
                  "give it a primary key; or name it in `except` of syncs."
                      + group
                      + ", and write a sync of its own with key: [id], or mode: append")
              .orElse("name them: key: [id], or use mode: append"));
    }
    List<TargetField> fields = new ArrayList<>();
    for (String name : names) {
      Optional<TargetField> field = find(name, shape, source);
      if (field.isPresent()) {
        fields.add(field.get());
      } else if (!alreadyFound(name, findings)) {
        missing(name, spec, source, target, findings);
      }
    }
    TargetKey key = new TargetKey(fields, source.schema(), source.key());
    if (!fields.isEmpty() && !source.key().isEmpty() && !key.followsFromSourceKey()) {
      findings.warning(
          SETTING,
          "a delete in '"
              + source.dataset()
              + "' names "
              + source.key()
              + ", which does not tell the target's key "
              + names,
          "deletes are refused unless the source sends the record's last state with them");
    }
    return key;
  }

  private static Optional<TargetField> find(String name, Shape shape, SourceFields source) {
    Optional<TargetField> listed =
        shape.of(source.schema()).stream().filter(field -> field.name().equals(name)).findFirst();
    return listed.isEmpty() && shape instanceof Shape.Everything && source.has(name)
        ? Optional.of(
            new TargetField(Field.of(name, source.type(name)), new FieldSource.Copy(name)))
        : listed;
  }

  /** A key field whose own mapping is broken needs no second complaint. */
  private static boolean alreadyFound(String name, Findings findings) {
    return findings.problems().stream()
        .anyMatch(problem -> problem.setting().equals("map." + name));
  }

  private static void missing(
      String name, SyncSpec spec, SourceFields source, Dataset target, Findings findings) {
    if (!target.open() && !target.schema().has(name)) {
      findings.problem(
          SETTING,
          "'" + target.id() + "' has no field '" + name + "'",
          NearestName.remedy(name, target.schema().names()));
    } else if (spec.map().isEmpty()) {
      findings.problem(
          SETTING,
          "key field '" + name + "' is not filled: " + source.unknown(name),
          "add a map of all fields, with " + name + ": record.…");
    } else {
      findings.problem(
          SETTING, "key field '" + name + "' is not mapped", "add map." + name + ": record.…");
    }
  }
}
