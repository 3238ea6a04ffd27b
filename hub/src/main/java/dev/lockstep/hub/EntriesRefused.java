package dev.lockstep.hub;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Edits were refused, with every problem of every one of them; none of the call's edits was made.
 */
public final class EntriesRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<EntryProblem> problems;

  public EntriesRefused(List<EntryProblem> problems) {
    super(
        problems.stream().limit(20).map(EntryProblem::toString).collect(Collectors.joining("; ")),
        null,
        false,
        false);
    this.problems = List.copyOf(problems);
  }

  public List<EntryProblem> problems() {
    return problems;
  }
}
