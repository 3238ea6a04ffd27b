package dev.lockstep.engine.delivery;

import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.JointProgress;
import dev.lockstep.engine.sync.Progress;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far each reader of each sync came. An owner is {@code events}, or {@code run/7/0} for a
 * partition of a run.
 *
 * <p>{@code sealed} is the last entry that a target's own ledger was given, empty for targets
 * without one; it tells a crash between the two commits from a target that was set back.
 */
public final class ProgressTable {
  private final Store store;
  private final String sync;

  public ProgressTable(Store store, String sync) {
    this.store = store;
    this.sync = sync;
  }

  /** A stored entry and the ledger entry known to have been committed with or before it. */
  record Stored(Progress progress, String sealed) {}

  Optional<Stored> find(String owner) throws InterruptedException {
    return store.read(tx ->
        tx.first(
            "SELECT entry, sealed FROM progress WHERE sync = ? AND owner = ?",
            row -> new Stored(Progress.parse(row.text(1)), row.text(2)),
            sync,
            owner));
  }

  void save(Tx tx, String owner, Progress progress, String sealed) {
    tx.update(
        "INSERT INTO progress (sync, owner, entry, sealed) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (sync, owner) DO UPDATE SET entry = excluded.entry, sealed ="
            + " excluded.sealed",
        sync,
        owner,
        progress.text(),
        sealed);
  }

  /** How far syncs that are delivered together had come when it was last noted here. */
  Optional<JointProgress> joint() throws InterruptedException {
    return find(Owners.DIRECT)
        .map(Stored::sealed)
        .filter(text -> !text.isEmpty())
        .map(JointProgress::parse);
  }

  /**
   * Ends the owners of a run: their counts are added to the sync's, and their entries go. What was
   * kept for a window of theirs whose commit never came goes too, for it was never counted.
   */
  public Counts fold(Tx tx, String ownerPrefix) {
    takeBackUnsettled(tx, ownerPrefix);
    Counts sum = sum(tx, sync, ownerPrefix);
    tx.update(
        "INSERT INTO adjustment (sync, captured, applied, unchanged, superseded, filtered, dead)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sync) DO UPDATE SET"
            + " captured = adjustment.captured + excluded.captured,"
            + " applied = adjustment.applied + excluded.applied,"
            + " unchanged = adjustment.unchanged + excluded.unchanged,"
            + " superseded = adjustment.superseded + excluded.superseded,"
            + " filtered = adjustment.filtered + excluded.filtered,"
            + " dead = adjustment.dead + excluded.dead",
        sync,
        sum.captured(),
        sum.applied(),
        sum.unchanged(),
        sum.superseded(),
        sum.filtered(),
        sum.dead());
    tx.update(
        "DELETE FROM progress WHERE sync = ? AND substr(owner, 1, CAST(? AS INTEGER)) = ?",
        sync,
        ownerPrefix.length(),
        ownerPrefix);
    return sum;
  }

  private void takeBackUnsettled(Tx tx, String ownerPrefix) {
    Set<String> owners = new TreeSet<>(Parking.owners(tx, sync, ownerPrefix));
    owners.addAll(Letters.owners(tx, sync, ownerPrefix));
    for (String owner : owners) {
      long settled = Owners.settledUpTo(owner, position(tx, sync, owner).orElse(Progress.START));
      Parking.discardAfter(tx, sync, owner, settled);
      Letters.discardAfter(tx, sync, owner, settled);
    }
  }

  /** The counts of a run that is still going on. */
  static Counts sum(Tx tx, String sync, String ownerPrefix) {
    return tx
        .list(
            "SELECT entry FROM progress WHERE sync = ? AND substr(owner, 1, CAST(? AS INTEGER)) = ?",
            row -> Progress.parse(row.text(1)).counts(),
            sync,
            ownerPrefix.length(),
            ownerPrefix)
        .stream()
        .reduce(Counts.NONE, Counts::plus);
  }

  /** Where an owner durably stands, empty before its first window. */
  public Optional<Progress> position(String owner) throws InterruptedException {
    return find(owner).map(Stored::progress);
  }

  static Optional<Progress> position(Tx tx, String sync, String owner) {
    return tx.first(
        "SELECT entry FROM progress WHERE sync = ? AND owner = ?",
        row -> Progress.parse(row.text(1)),
        sync,
        owner);
  }

  /** All counts of the sync: its live owners, its ended runs, and later corrections. */
  static Counts total(Tx tx, String sync) {
    List<long[]> parts =
        tx.list(
            "SELECT captured, applied, unchanged, superseded, filtered, dead FROM adjustment"
                + " WHERE sync = ?",
            row ->
                new long[] {
                  row.integer(1),
                  row.integer(2),
                  row.integer(3),
                  row.integer(4),
                  row.integer(5),
                  row.integer(6),
                  0
                },
            sync);
    long[] sum = parts.isEmpty() ? new long[7] : parts.getFirst();
    tx.each(
        "SELECT entry FROM progress WHERE sync = ?",
        row -> Progress.parse(row.text(1)).counts(),
        counts -> add(sum, counts),
        sync);
    return new Counts(sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6]);
  }

  private static void add(long[] sum, Counts counts) {
    sum[0] += counts.captured();
    sum[1] += counts.applied();
    sum[2] += counts.unchanged();
    sum[3] += counts.superseded();
    sum[4] += counts.filtered();
    sum[5] += counts.dead();
    sum[6] += counts.echoes();
  }
}
