package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Type;
import java.util.List;

/** Checks expressions against a source and makes them ready to run. */
interface ExpressionCompiler {

  Outcome compile(String text);

  /** What came of one expression. */
  sealed interface Outcome {
    /** {@code type} is {@link Type.Any} where only the record will tell. */
    record Checked(Expression expression, Type type) implements Outcome {}

    record Faulty(List<Fault> faults) implements Outcome {}
  }

  /** Something wrong in an expression; the message names the column. */
  record Fault(String message, String remedy) {}
}
