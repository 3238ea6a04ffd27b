package dev.lockstep.hub;

import dev.lockstep.connector.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Objects cannot be as they are declared; holds every problem found. Nothing was changed. */
public final class DefinitionRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public DefinitionRefused(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
