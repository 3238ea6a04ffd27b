package dev.lockstep.engine.plan;

import dev.lockstep.engine.plan.SyncPlan.CallsPerDay;
import java.time.Duration;

/** How much there is to do, in calls and time, reckoned on the safe side. */
final class Workload {
  static final long ASSUMED_ROWS = 10_000;

  /** What one program moves a second when no limit slows it, taken low. */
  private static final double ROWS_PER_SECOND = 2_000;

  private final PlanInput input;
  private final long rows;
  private final long changes;

  Workload(PlanInput input) {
    this.input = input;
    this.rows = input.rows().orElse(ASSUMED_ROWS);
    this.changes = input.changesPerDay().orElse(Math.ceilDiv(rows, 100));
  }

  long rows() {
    return rows;
  }

  long changesPerDay() {
    return changes;
  }

  /** Each change is taken to need a call of its own: they seldom come in batches. */
  CallsPerDay following() {
    return new CallsPerDay(0, changes);
  }

  /** One pass over everything; every record read is taken to be written. */
  Pass full() {
    return pass(rows);
  }

  /** One pass over what changed since the pass before, when there are so many a day. */
  Pass incremental(double runsPerDay) {
    return pass(Math.min(rows, (long) Math.ceil(changes / Math.max(runsPerDay, 1e-6))));
  }

  private Pass pass(long records) {
    // The last page says that there is no more, and is a call too.
    long read = Math.ceilDiv(records, input.source().pageRows()) + 1;
    long written = Math.ceilDiv(records, input.target().batchRows());
    double seconds =
        Math.max(
            records / ROWS_PER_SECOND,
            Math.max(
                read / input.source().limits().ratePerSecond().orElse(Double.MAX_VALUE),
                written / input.target().limits().ratePerSecond().orElse(Double.MAX_VALUE)));
    return new Pass(read, written, Duration.ofMillis((long) Math.ceil(seconds * 1000)));
  }

  /** One reading of the source. */
  record Pass(long sourceCalls, long targetCalls, Duration time) {

    /** The rounding of a division must not add a call. */
    private static long up(double calls) {
      return (long) Math.ceil(calls - 1e-6);
    }

    CallsPerDay perDay(double runs) {
      return new CallsPerDay(up(sourceCalls * runs), up(targetCalls * runs));
    }
  }
}
