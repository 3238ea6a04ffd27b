package dev.lockstep.engine;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.List;

/**
 * Finds what keeps a sync from working as configured, as far as can be told now.
 *
 * @param refusal why it cannot work as declared, empty when it can
 */
record CheckSync(SyncSpec spec, List<Problem> refusal, PrepareRoute prepare) {

  List<Finding> check() throws InterruptedException {
    try {
      if (!refusal.isEmpty()) {
        throw new ConnectorException(new Failure.Misconfigured(refusal));
      }
      Route ready = prepare.look();
      return ready.warnings().stream()
          .map(problem -> new Finding("syncs." + spec.name(), problem, false))
          .toList();
    } catch (ConnectorException e) {
      String place = "syncs." + spec.name();
      return switch (e.failure()) {
        case Failure.Misconfigured(List<Problem> problems) ->
            problems.stream().map(problem -> new Finding(place, problem, true)).toList();
        case Failure.Transient(var message, var retryAfter) ->
            List.of(finding(place, message, "see that both systems can be reached from here"));
        case Failure.Permanent(var message) -> List.of(finding(place, message, "see the message"));
        case Failure.PositionLost(var position, var message) ->
            List.of(finding(place, message, "run it with --full"));
      };
    }
  }

  private static Finding finding(String place, String message, String remedy) {
    return new Finding(place, new Problem("", message, remedy), true);
  }
}
