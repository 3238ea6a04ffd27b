package dev.lockstep.engine.plan;

import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.engine.sync.SyncSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * All that a plan follows from; the same input gives the same plan.
 *
 * @param rows how many records the source dataset holds, if known
 * @param changesPerDay how many of them change in a day, if known
 * @param now where the due times of a schedule are counted from
 */
public record PlanInput(
    SyncSpec sync,
    Source source,
    Target target,
    OptionalLong rows,
    OptionalLong changesPerDay,
    Instant now) {

  /**
   * What the source can do for this dataset.
   *
   * @param follows whether it has a change feed
   * @param seesDeletions whether that feed reports deletions
   * @param reads whether it can be read in bulk
   * @param readsSince whether the sync's cursor field can bound a read from below
   * @param feedLag how far behind its change feed usually is
   * @param pageRows records in one call
   * @param limits the narrower of the connector's and the user's
   */
  public record Source(
      boolean follows,
      boolean seesDeletions,
      boolean reads,
      boolean readsSince,
      Duration feedLag,
      int pageRows,
      LimitSpec limits) {
    public Source {
      if (pageRows < 1) {
        throw new IllegalArgumentException("pageRows " + pageRows);
      }
    }
  }

  /**
   * What the target can do for this dataset.
   *
   * @param batchRows records in one call
   * @param limits the narrower of the connector's and the user's
   */
  public record Target(boolean writes, int batchRows, LimitSpec limits) {
    public Target {
      if (batchRows < 1) {
        throw new IllegalArgumentException("batchRows " + batchRows);
      }
    }
  }
}
