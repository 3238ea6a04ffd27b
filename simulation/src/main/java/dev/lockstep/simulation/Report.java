package dev.lockstep.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a simulation found.
 *
 * @param recoveries from the start of a process after a kill to its first settled window
 * @param controlCaught whether every run of the negative control was found to lose changes
 */
record Report(long seed, int runs, Tally tally, List<Duration> recoveries, boolean controlCaught) {
  Report {
    recoveries = recoveries.stream().sorted().toList();
  }

  boolean isClean() {
    return tally.isClean() && tally.records() > 0 && controlCaught;
  }

  String json() {
    ObjectNode json = JsonMapper.builder().build().createObjectNode();
    json.put("name", "kill").put("runs", runs).put("records", tally.records());
    json.put("lost", tally.lost()).put("duplicates", tally.duplicates());
    json.put("disorder", tally.disorder()).put("unbalanced", tally.unbalanced());
    json.put("recoveryP50Ms", recovery(50)).put("recoveryP99Ms", recovery(99));
    return json.put("controlCaught", controlCaught).put("seed", seed).toString();
  }

  /** The nearest rank; none when no process recovered. */
  private @Nullable Long recovery(int percent) {
    int rank = (recoveries.size() * percent + 99) / 100;
    return rank == 0 ? null : new ArrayList<>(recoveries).get(rank - 1).toMillis();
  }
}
