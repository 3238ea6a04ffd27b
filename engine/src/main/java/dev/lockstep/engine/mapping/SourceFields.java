package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What expressions can read. */
final class SourceFields {
  private final Dataset source;
  private @Nullable ExpressionCompiler compiler;

  SourceFields(Dataset source) {
    this.source = source;
  }

  Schema schema() {
    return source.schema();
  }

  List<String> key() {
    return source.key();
  }

  String dataset() {
    return source.id().name();
  }

  boolean has(String name) {
    return source.open() || schema().has(name);
  }

  Type type(String name) {
    int index = schema().indexOf(name);
    return index < 0 ? new Type.Any() : schema().field(index).type();
  }

  String unknown(String name) {
    return "'" + dataset() + "' has no field '" + name + "'";
  }

  /**
   * The evaluator is loaded here, on the first expression that needs one: a projection starts fast.
   */
  ExpressionCompiler.Outcome compile(String text) {
    ExpressionCompiler made = compiler;
    if (made == null) {
      made = new CelExpressions(source);
      compiler = made;
    }
    return made.compile(text);
  }
}
