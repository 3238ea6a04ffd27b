package dev.lockstep.engine.plan;

import dev.lockstep.engine.limit.LimitSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all syncs together ask of one system.
 *
 * @param permitted calls a day that its limits permit, infinite when they name none
 */
public record SystemLoad(String system, long callsPerDay, double permitted) {

  /** The load of every system that the plans touch, by name. */
  public static List<SystemLoad> of(Collection<SyncPlan> plans, Map<String, LimitSpec> limits) {
    SortedMap<String, Long> calls = new TreeMap<>();
    for (SyncPlan plan : plans) {
      calls.merge(plan.sync().from().system(), plan.calls().source(), Long::sum);
      calls.merge(plan.sync().to().system(), plan.calls().target(), Long::sum);
    }
    List<SystemLoad> loads = new ArrayList<>();
    calls.forEach((system, sum) ->
        loads.add(
            new SystemLoad(
                system, sum, limits.getOrDefault(system, LimitSpec.NONE).callsPerDay())));
    return loads;
  }

  public boolean fits() {
    return callsPerDay <= permitted;
  }

  @Override
  public String toString() {
    String asked = system + " is asked about " + PlanWords.number(callsPerDay) + " calls a day";
    return permitted == Double.POSITIVE_INFINITY
        ? asked
        : asked
            + (fits() ? ", within the " : ", more than the ")
            + PlanWords.number(Math.floor(permitted))
            + " its limits permit";
  }
}
