package dev.lockstep.engine.journal;

import dev.lockstep.connector.Change;
import java.util.List;

/**
 * Changes in the order of their capture.
 *
 * @param first the sequence of the first of them; the others follow without gaps
 * @param endsTransaction true when the source was consistent after the last of them
 */
public record JournalBatch(long first, List<Change> changes, boolean endsTransaction) {
  public JournalBatch {
    changes = List.copyOf(changes);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("a batch without changes");
    }
  }

  /** The sequence of the last change. */
  public long last() {
    return first + changes.size() - 1;
  }
}
