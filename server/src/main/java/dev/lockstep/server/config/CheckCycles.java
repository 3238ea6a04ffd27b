package dev.lockstep.server.config;

import dev.lockstep.engine.sync.Endpoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Refuses syncs in a circle: a change would go round for ever. */
final class CheckCycles {
  private final Problems problems;

  CheckCycles(Problems problems) {
    this.problems = problems;
  }

  void check(List<SyncDraft> syncs) {
    List<SyncDraft> whole =
        syncs.stream().filter(sync -> sync.from().isPresent() && sync.to().isPresent()).toList();
    Set<SyncDraft> told = new HashSet<>();
    for (SyncDraft sync : whole) {
      List<SyncDraft> cycle = told.contains(sync) ? null : cycle(sync, whole);
      if (cycle != null && told.addAll(cycle)) {
        tell(cycle);
      }
    }
  }

  /** The shortest way from a sync's target back to its source, the sync itself first; or null. */
  private static @Nullable List<SyncDraft> cycle(SyncDraft first, List<SyncDraft> all) {
    Deque<List<SyncDraft>> ways = new ArrayDeque<>(List.of(List.of(first)));
    Set<Endpoint> seen = new HashSet<>();
    while (!ways.isEmpty()) {
      List<SyncDraft> way = ways.poll();
      Endpoint end = way.getLast().to().orElseThrow();
      if (CheckGroup.meet(first, end)) {
        return way;
      }
      if (seen.add(end)) {
        all.stream()
            .filter(next -> CheckGroup.meet(next, end))
            // A two-way sync knows its own way back.
            .filter(next -> way.stream().noneMatch(it -> it.name().equals(next.name())))
            .forEach(next -> ways.add(append(way, next)));
      }
    }
    return null;
  }

  private static List<SyncDraft> append(List<SyncDraft> way, SyncDraft next) {
    List<SyncDraft> longer = new ArrayList<>(way);
    longer.add(next);
    return longer;
  }

  private void tell(List<SyncDraft> cycle) {
    SyncDraft last = cycle.getLast();
    Endpoint start = cycle.getFirst().from().orElseThrow();
    if (cycle.size() == 1) {
      problems.add(
          last.part().at("to"),
          start.equals(last.to().orElseThrow())
              ? "source and target are the same dataset, " + start
              : "what it writes to " + last.to().orElseThrow() + " is part of what it reads",
          "name another dataset");
      return;
    }
    String round =
        cycle.stream()
            .map(sync -> sync.to().orElseThrow().toString())
            .collect(Collectors.joining(" -> "));
    problems.add(
        last.part().at("to"),
        "the syncs "
            + cycle.stream().map(SyncDraft::name).collect(Collectors.joining(", "))
            + " go in a circle: "
            + start
            + " -> "
            + round,
        "leave out one of them, or let it write to a dataset of its own");
  }
}
