package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Type;
import dev.lockstep.engine.mapping.ExpressionCompiler.Outcome.Checked;
import dev.lockstep.engine.mapping.ExpressionCompiler.Outcome.Faulty;
import dev.lockstep.engine.sync.SyncSpec;

/** Compiles {@code where}. */
final class ConditionCompiler {
  private static final Condition ALWAYS = new Condition(null);
  private static final String SETTING = "where";

  private ConditionCompiler() {}

  static Condition compile(SyncSpec spec, SourceFields source, Findings findings) {
    if (spec.where().isEmpty()) {
      return ALWAYS;
    }
    String text = spec.where().get();
    return switch (source.compile(text)) {
      case Checked(Expression expression, Type type) -> {
        if (!(type instanceof Type.Bool) && !(type instanceof Type.Any)) {
          findings.problem(
              SETTING,
              "a condition is true or false, and '" + text.strip() + "' is " + type.label(),
              "compare it with something: record.status == 'verified'");
        }
        yield new Condition(expression);
      }
      case Faulty(var faults) -> {
        findings.faults(SETTING, faults);
        yield ALWAYS;
      }
    };
  }
}
