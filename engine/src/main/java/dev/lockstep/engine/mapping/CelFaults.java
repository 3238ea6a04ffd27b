package dev.lockstep.engine.mapping;

import dev.cel.common.CelIssue;
import dev.cel.runtime.CelEvaluationException;
import dev.lockstep.engine.mapping.ExpressionCompiler.Fault;
import java.util.List;
import java.util.Locale;

/** The evaluator's errors in words that help. */
final class CelFaults {
  private static final int SHOWN = 200;

  private CelFaults() {}

  static List<Fault> of(List<CelIssue> issues) {
    return issues.stream().map(CelFaults::of).toList();
  }

  /** Only the first: after it the parser guesses, and its further complaints mislead. */
  static List<Fault> ofSyntax(List<CelIssue> issues) {
    return issues.stream().limit(1).map(CelFaults::of).toList();
  }

  private static Fault of(CelIssue issue) {
    String message = issue.getMessage();
    int column = Math.max(1, issue.getSourceLocation().getColumn() + 1);
    return new Fault("column " + column + ": " + shortened(message), remedy(message));
  }

  static Fault of(CelEvaluationException error) {
    return new Fault(
        shortened(String.valueOf(error.getMessage())), "see docs/guide/mapping.md for expressions");
  }

  /** The candidates of an overload are a page long, and say nothing to a user. */
  private static String shortened(String message) {
    int candidates = message.indexOf(" (candidates:");
    String told = candidates < 0 ? message : message.substring(0, candidates);
    int expecting = told.indexOf(" expecting {");
    told = expecting < 0 ? told : told.substring(0, expecting);
    told =
        told.replace("wrapper(string)", "text")
            .replace("wrapper(int)", "int")
            .replace("wrapper(double)", "float")
            .replace("wrapper(bool)", "bool")
            .replace("wrapper(bytes)", "bytes")
            .replace(" (in container '')", "");
    return told.length() > SHOWN ? told.substring(0, SHOWN) + "…" : told;
  }

  private static String remedy(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("undeclared reference to 'now'")) {
      return "expressions have no clock; take a time from the record";
    }
    if (lower.contains("undeclared reference")) {
      return "write fields as record.name, text in quotes, and functions as the guide lists them";
    }
    if (lower.contains("no matching overload")) {
      return "make both sides one type: string(…), int(…), double(…), decimal(…)";
    }
    if (lower.contains("size exceeds")
        || lower.contains("recursion")
        || lower.contains("nesting")) {
      return "make it shorter, or keep it in a field of the source";
    }
    return "correct the expression; the guide to mapping has examples";
  }
}
