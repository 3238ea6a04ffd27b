package dev.lockstep.engine.delivery;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Ability;
import dev.lockstep.engine.limit.Circuit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a sync writes: a dataset behind a writer that keeps the system's limits.
 *
 * @param lookup finds its records by key, where it can
 * @param key the target's key fields, in the order of the keys the mapper makes
 * @param concurrent how many writes may be under way at once
 * @param circuit shared by all syncs into the same system
 */
public record Target(
    Writer writer,
    Optional<Lookup> lookup,
    DatasetId dataset,
    List<String> key,
    Writer.Mode mode,
    Set<Ability> abilities,
    Limits limits,
    int concurrent,
    Circuit circuit) {
  public Target {
    key = List.copyOf(key);
    abilities = Set.copyOf(abilities);
    if (concurrent < 1) {
      throw new IllegalArgumentException("concurrent " + concurrent);
    }
  }

  public boolean takesMoves() {
    return abilities.contains(Ability.MOVES);
  }

  public boolean keepsLedger() {
    return abilities.contains(Ability.LEDGER);
  }

  /** The most records of one write as things are now. */
  int largestBatch() throws InterruptedException {
    return writer.many(dataset).map(Writer.Many::mostRows).orElse(limits.batchRows());
  }

  public boolean compares() {
    return abilities.contains(Ability.COMPARES);
  }
}
