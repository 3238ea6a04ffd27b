package dev.lockstep.cli;

import dev.lockstep.server.config.ConfigProblem;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration must be put right first; the message names all that is wrong with it. */
final class InvalidConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidConfiguration(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
  }
}
