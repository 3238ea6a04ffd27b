package dev.lockstep.engine.mapping;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A CEL expression ready to run. */
final class CelExpression implements Expression {
  private static final int SHOWN = 200;

  private final String text;
  private final CelRuntime.Program program;
  private final CelExpr tree;
  private final @Nullable CelShortcut shortcut;
  private final Set<String> reads;
  private final boolean readsAll;

  CelExpression(String text, CelRuntime.Program program, CelExpr tree, CelWalk walk) {
    this.text = text.strip();
    this.program = program;
    this.tree = tree;
    this.shortcut = CelShortcut.of(tree).orElse(null);
    this.reads = Set.copyOf(walk.fields().keySet());
    this.readsAll = walk.readsAll();
  }

  @Override
  public @Nullable Object evaluate(Subject subject) {
    Object value = shortcut == null ? CelShortcut.UNSURE : shortcut.evaluate(subject.row());
    if (value != CelShortcut.UNSURE) {
      return value == NullValue.NULL_VALUE ? null : value;
    }
    return evaluated(subject);
  }

  private @Nullable Object evaluated(Subject subject) {
    Optional<Object> viewed = Optional.of(subject.view(CelRecord.class, CelRecord::new));
    CelVariableResolver variables = name -> viewed;
    try {
      return CelValues.toCarrier(program.eval(variables));
    } catch (CelEvaluationException e) {
      return absentOrUnfit(subject.row(), e);
    }
  }

  private Object absentOrUnfit(Row row, CelEvaluationException error) {
    Unfit told = null;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof CelRecord.AbsentField) {
        return Row.ABSENT;
      }
      told = cause instanceof Unfit unfit ? unfit : told;
    }
    if (told != null) {
      throw new Unfit(told.reason() + " in " + shortened(text), told.remedy());
    }
    throw explained(row, error);
  }

  /**
   * Most failures are a null where the user did not think of one, and the evaluator does not say
   * so.
   */
  private Unfit explained(Row row, CelEvaluationException error) {
    List<String> empty = reads.stream().filter(name -> row.get(name) == null).sorted().toList();
    if (!empty.isEmpty()) {
      return new Unfit(
          "record."
              + String.join(" and record.", empty)
              + (empty.size() == 1 ? " is" : " are")
              + " null in "
              + shortened(text),
          "say what null becomes: default(record."
              + empty.getFirst()
              + ", …), or test it with == null");
    }
    return new Unfit(
        shortened(message(error)) + " in " + shortened(text),
        "correct the record, or test for this case in the expression");
  }

  private static String message(CelEvaluationException error) {
    String message = String.valueOf(error.getMessage());
    int start = message.startsWith("evaluation error at") ? message.indexOf(": ") : -1;
    String told = start < 0 ? message : message.substring(start + 2);
    if (told.isBlank() && error.getCause() instanceof ArithmeticException) {
      // The JVM throws this one without its message once it has compiled a division that fails
      // often.
      return "/ by zero";
    }
    int candidates = told.indexOf(" Overload candidates:");
    return candidates < 0 ? told : told.substring(0, candidates);
  }

  private static String shortened(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  @Override
  public Set<String> reads() {
    return reads;
  }

  @Override
  public boolean readsAll() {
    return readsAll;
  }

  @Override
  public Sieve sieve(Schema source) {
    return CelFilter.of(tree, source);
  }
}
