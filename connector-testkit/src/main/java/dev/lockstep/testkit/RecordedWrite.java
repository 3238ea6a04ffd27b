package dev.lockstep.testkit;

import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Outcome;
import java.util.List;

/**
 * A write that reached a {@link MemorySystem}.
 *
 * @param outcomes what was decided, also when the answer was then lost or the transaction rolled
 *     back
 * @param committed false when {@link dev.lockstep.connector.Writer.Ledger#seal} threw
 */
public record RecordedWrite(Batch batch, List<Outcome> outcomes, boolean committed) {
  public RecordedWrite {
    outcomes = List.copyOf(outcomes);
  }
}
