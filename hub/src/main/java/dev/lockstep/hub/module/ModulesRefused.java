package dev.lockstep.hub.module;

import dev.lockstep.connector.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Modules cannot be deployed as they are declared; what was deployed before stays. */
public final class ModulesRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  ModulesRefused(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** Everything that speaks against it; settings are paths within the configuration. */
  public List<Problem> problems() {
    return problems;
  }
}
