package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Problem;
import java.util.ArrayList;
import java.util.List;

/** What a compilation has found so far. */
final class Findings {
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  void problem(String setting, String message, String remedy) {
    problems.add(new Problem(setting, message, remedy));
  }

  void warning(String setting, String message, String remedy) {
    warnings.add(new Problem(setting, message, remedy));
  }

  void faults(String setting, List<ExpressionCompiler.Fault> faults) {
    faults.forEach(fault -> problem(setting, fault.message(), fault.remedy()));
  }

  boolean broken() {
    return !problems.isEmpty();
  }

  List<Problem> problems() {
    return problems;
  }

  List<Problem> warnings() {
    return warnings;
  }
}
