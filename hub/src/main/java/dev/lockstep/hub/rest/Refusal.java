package dev.lockstep.hub.rest;

import dev.lockstep.hub.EntriesRefused;
import dev.lockstep.hub.EntryProblem;
import dev.lockstep.hub.Rule;
import io.helidon.http.Status;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A request that is answered with a problem document. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  public static final Status UNPROCESSABLE = Status.create(422, "Unprocessable Content");

  private final transient Status status;
  private final transient List<EntryProblem> problems;

  private Refusal(Status status, String detail, List<EntryProblem> problems) {
    super(detail, null, false, false);
    this.status = status;
    this.problems = problems;
  }

  /** A request that cannot be answered as it is. */
  public static Refusal of(Status status, String detail) {
    return new Refusal(status, detail, List.of());
  }

  /**
   * An edit that the hub refused: what is invalid comes before what conflicts, and that before what
   * is missing.
   */
  public static Refusal of(EntriesRefused refused) {
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    refused.problems().forEach(problem -> rules.add(problem.rule()));
    return new Refusal(status(rules), String.valueOf(refused.getMessage()), refused.problems());
  }

  /** A query that the hub refused. */
  static Refusal ofQuery(EntriesRefused refused) {
    return new Refusal(
        Status.BAD_REQUEST_400, String.valueOf(refused.getMessage()), refused.problems());
  }

  private static Status status(Set<Rule> rules) {
    Set<Rule> unmet = EnumSet.of(Rule.EXISTS, Rule.UNIQUE, Rule.VERSION, Rule.NOT_FOUND);
    if (!unmet.containsAll(rules)) {
      return UNPROCESSABLE;
    }
    if (rules.contains(Rule.EXISTS) || rules.contains(Rule.UNIQUE)) {
      return Status.CONFLICT_409;
    }
    return rules.contains(Rule.VERSION) ? Status.PRECONDITION_FAILED_412 : Status.NOT_FOUND_404;
  }

  Status status() {
    return status;
  }

  List<EntryProblem> problems() {
    return problems;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
