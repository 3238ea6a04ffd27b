package dev.lockstep.engine.plan;

import dev.lockstep.connector.Problem;
import java.util.List;

/** The planner's answer for one sync. */
public sealed interface Planned permits SyncPlan, Planned.Refused {

  /** The sync cannot work as it is declared. */
  record Refused(String sync, List<Problem> problems) implements Planned {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
