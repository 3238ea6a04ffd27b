package dev.lockstep.server;

import dev.lockstep.server.config.ConfigProblem;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be started; holds everything that is wrong, in the file's order. */
public final class ConfigurationRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  ConfigurationRefused(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<ConfigProblem> problems() {
    return problems;
  }
}
