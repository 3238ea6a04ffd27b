package dev.lockstep.engine.delivery;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.JointProgress;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.store.Store;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Windows of several syncs on their way into one transaction of their target. Invariant 4: nothing
 * of it is seen before {@link #commit}, which is called only where the source was consistent.
 */
public final class JointTransaction implements AutoCloseable {
  /** What is written and committed in one go, when nothing was written before. */
  private static final int FEW = 200;

  private final JointDelivery delivery;
  private final Store store;
  private final Writer.Transaction target;
  private final Steps steps;
  private final Map<String, Counts> counts = new TreeMap<>();
  private final Set<Delivery> keeping = new LinkedHashSet<>();

  JointTransaction(
      JointDelivery delivery,
      Store store,
      Writer.Transaction target,
      Map<String, Counts> already,
      Steps steps) {
    this.delivery = delivery;
    this.store = store;
    this.target = target;
    this.steps = steps;
    counts.putAll(already);
  }

  /**
   * What one sync brings.
   *
   * @param onlyThere whether records that the target does not have are left out
   */
  public record Part(Delivery delivery, Window window, boolean onlyThere) {
    public Part(Delivery delivery, Window window) {
      this(delivery, window, false);
    }
  }

  /** Writes windows, of each sync at most one. */
  public void write(List<Part> parts) throws InterruptedException {
    write(new JointWindows(parts));
  }

  private void write(JointWindows windows) throws InterruptedException {
    steps.reached(Steps.Step.MAPPED);
    List<List<Outcome>> outcomes =
        windows.batches().isEmpty() ? List.of() : target.write(windows.batches());
    for (JointWindows.Settled settled : windows.settled(outcomes)) {
      settle(settled.of(), settled.settlement());
    }
  }

  private void settle(Delivery of, Settlement settlement) throws InterruptedException {
    of.kept().admit(settlement);
    counts.merge(of.sync(), settlement.counts(), Counts::plus);
    if (of.kept().concerns(settlement)) {
      // Invariant 1: what will be past after the target's commit must be durable here before it.
      store.write(tx -> {
        of.kept().keep(tx, Owners.DIRECT, settlement);
        return true;
      });
      of.kept().kept(settlement);
      keeping.add(of);
    }
  }

  /** Empties the datasets of these syncs; what is parked for them is superseded by that. */
  public void clear(List<Delivery> syncs) throws InterruptedException {
    List<DatasetId> datasets = syncs.stream().map(sync -> sync.target().dataset()).toList();
    for (Delivery sync : syncs) {
      counts.merge(sync.sync(), new Counts(1, 1, 0, 0, 0, 0), Counts::plus);
      if (sync.parking().size() > 0) {
        // Before the commit: should that fail, the source brings the same again.
        sync.supersedeParked();
      }
    }
    target.clear(datasets);
  }

  /** Writes the last windows and commits, and answers how far the syncs have come with it. */
  public JointProgress commit(List<Part> last, String position) throws InterruptedException {
    JointWindows windows = new JointWindows(last);
    Optional<JointProgress> done = commitIfApplied(windows, position);
    if (done.isPresent()) {
      return done.get();
    }
    write(windows);
    return commit(position);
  }

  /** A small window waits for its answers longer than for all else, so it is sent in one go. */
  private Optional<JointProgress> commitIfApplied(JointWindows windows, String position)
      throws InterruptedException {
    if (windows.size() == 0 || windows.size() > FEW || !counts.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Counts> expected = new TreeMap<>();
    for (JointWindows.Settled settled : windows.settledIfApplied()) {
      if (settled.of().kept().concerns(settled.settlement())) {
        // Invariant 1: this must be durable here before the target's commit.
        return Optional.empty();
      }
      expected.merge(settled.of().sync(), settled.settlement().counts(), Counts::plus);
    }
    JointProgress now = delivery.standing().advance(position, expected);
    steps.reached(Steps.Step.MAPPED);
    steps.reached(Steps.Step.SEALED);
    // Invariant 2: the position is committed in the same transaction as its effect.
    if (!target.commitIfApplied(windows.batches(), delivery.owner(), delivery.entry(now))) {
      return Optional.empty();
    }
    delivery.committed(now);
    steps.reached(Steps.Step.WRITTEN);
    steps.reached(Steps.Step.SETTLED);
    return Optional.of(now);
  }

  private JointProgress commit(String position) throws InterruptedException {
    JointProgress now = delivery.standing().advance(position, counts);
    steps.reached(Steps.Step.SEALED);
    // Invariant 2: the position is committed in the same transaction as its effect.
    target.commit(delivery.owner(), delivery.entry(now));
    delivery.committed(now);
    steps.reached(Steps.Step.WRITTEN);
    if (!keeping.isEmpty()) {
      store.write(tx -> {
        delivery.save(tx, now);
        keeping.forEach(
            of -> of.kept().settleUpTo(tx, Owners.DIRECT, JointDelivery.progress(now, of)));
        return true;
      });
    }
    steps.reached(Steps.Step.SETTLED);
    return now;
  }

  @Override
  public void close() {
    target.close();
  }
}
