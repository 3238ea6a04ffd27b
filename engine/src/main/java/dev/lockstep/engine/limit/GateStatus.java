package dev.lockstep.engine.limit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much a system is being asked.
 *
 * @param allowed calls in a period, absent when they are not limited
 * @param used calls in the present period; since the start when they are not limited
 * @param waiting callers in the queue
 * @param renewsAt when used calls stop counting, absent when they are not limited
 */
public record GateStatus(
    OptionalLong allowed, long used, int inFlight, int waiting, Optional<Instant> renewsAt) {

  static GateStatus unlimited(long used, int inFlight, int waiting) {
    return new GateStatus(OptionalLong.empty(), used, inFlight, waiting, Optional.empty());
  }

  static GateStatus limited(long allowed, long used, int inFlight, int waiting, Instant renewsAt) {
    return new GateStatus(OptionalLong.of(allowed), used, inFlight, waiting, Optional.of(renewsAt));
  }
}
