package dev.lockstep.server;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Problem;
import dev.lockstep.engine.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares the syncs of whole schemas with what their sources have by now. */
final class CheckGroups {
  private final List<ExpandedGroup> groups;
  private final Function<String, Connection> connections;

  CheckGroups(List<ExpandedGroup> groups, Function<String, Connection> connections) {
    this.groups = groups;
    this.connections = connections;
  }

  List<Finding> check() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (ExpandedGroup group : groups) {
      String place = "syncs." + group.group().name();
      for (Problem problem : check(group)) {
        findings.add(new Finding(place, problem, false));
      }
    }
    return findings;
  }

  private List<Problem> check(ExpandedGroup group) throws InterruptedException {
    List<Problem> problems = new ArrayList<>();
    group
        .fresh()
        .forEach(dataset ->
            problems.add(warning(dataset + " is new", "nothing is to be done: it has a sync now")));
    Set<DatasetId> taken =
        group.syncs().stream().map(sync -> sync.from().dataset()).collect(Collectors.toSet());
    try {
      Connection source = connections.apply(group.group().template().from().system());
      ExpandGroups.found(group.group(), source).stream()
          .filter(dataset -> !taken.contains(dataset))
          .forEach(dataset ->
              problems.add(
                  warning(
                      dataset + " is new, and has no sync yet",
                      "start Lockstep again, or name it in `except`")));
    } catch (ConnectorException e) {
      problems.add(
          warning(
              "which tables the source has could not be asked: " + e.failure().message(),
              "nothing is to be done: the %d known from before go on"
                  .formatted(group.syncs().size())));
    }
    return problems;
  }

  private static Problem warning(String fault, String remedy) {
    return new Problem("from", fault, remedy);
  }
}
