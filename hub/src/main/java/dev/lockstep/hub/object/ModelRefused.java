package dev.lockstep.hub.object;

import dev.lockstep.connector.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A definition or picklist cannot be as it was sent; nothing was changed. */
public final class ModelRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of fault it is. */
  public enum Kind {
    INVALID,
    MISSING,
    CONFLICT
  }

  private final Kind kind;
  private final transient List<Problem> problems;

  ModelRefused(Kind kind, List<Problem> problems) {
    super(
        problems.stream().map(Problem::toString).collect(Collectors.joining("; ")),
        null,
        false,
        false);
    this.kind = kind;
    this.problems = List.copyOf(problems);
  }

  static ModelRefused invalid(String setting, String message, String remedy) {
    return new ModelRefused(Kind.INVALID, List.of(new Problem(setting, message, remedy)));
  }

  static ModelRefused missing(String what) {
    return new ModelRefused(
        Kind.MISSING, List.of(new Problem("", "No " + what, "list those there are")));
  }

  static ModelRefused conflict(String setting, String message, String remedy) {
    return new ModelRefused(Kind.CONFLICT, List.of(new Problem(setting, message, remedy)));
  }

  public Kind kind() {
    return kind;
  }

  public List<Problem> problems() {
    return problems;
  }
}
