package dev.lockstep.server.config;

import java.util.List;

/** What came of reading a configuration. */
public sealed interface Loaded {

  /** It can be started. */
  record Valid(Configuration configuration) implements Loaded {}

  /**
   * It cannot.
   *
   * @param problems everything found, in the order of the file; never empty
   */
  record Invalid(List<ConfigProblem> problems) implements Loaded {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("invalid without a problem");
      }
    }
  }
}
