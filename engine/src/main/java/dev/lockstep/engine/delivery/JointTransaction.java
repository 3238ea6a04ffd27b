package dev.lockstep.engine.delivery;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.reconcile.Entry;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.JointProgress;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.store.Store;
import java.util.ArrayList;
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
  private final JointDelivery delivery;
  private final Store store;
  private final Writer.Transaction target;
  private final Steps steps;
  private final Map<String, Counts> counts = new TreeMap<>();
  private final Set<Delivery> keeping = new LinkedHashSet<>();

  JointTransaction(JointDelivery delivery, Store store, Writer.Transaction target, Steps steps) {
    this.delivery = delivery;
    this.store = store;
    this.target = target;
    this.steps = steps;
  }

  /** What one sync brings. */
  public record Part(Delivery delivery, Window window) {}

  /** Writes windows, of each sync at most one. */
  public void write(List<Part> parts) throws InterruptedException {
    List<Part> sending = new ArrayList<>(parts.size());
    List<List<Entry>> entries = new ArrayList<>(parts.size());
    List<Batch> batches = new ArrayList<>(parts.size());
    for (Part part : parts) {
      List<Entry> all = part.window().entries();
      if (all.isEmpty()) {
        settle(part, all, List.of());
      } else {
        sending.add(part);
        entries.add(all);
        batches.add(part.delivery().sender().batch(Owners.DIRECT, all, Optional.empty()));
      }
    }
    steps.reached(Steps.Step.MAPPED);
    if (batches.isEmpty()) {
      return;
    }
    List<List<Outcome>> outcomes = target.write(batches);
    for (int i = 0; i < sending.size(); i++) {
      settle(sending.get(i), entries.get(i), outcomes.get(i));
    }
  }

  private void settle(Part part, List<Entry> entries, List<Outcome> outcomes)
      throws InterruptedException {
    Delivery of = part.delivery();
    Settlement settlement = Settlement.of(part.window(), entries, outcomes, 0);
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

  /** Commits, and answers how far the syncs have come with it. */
  public JointProgress commit(String position) throws InterruptedException {
    JointProgress now = delivery.standing().advance(position, counts);
    steps.reached(Steps.Step.SEALED);
    // Invariant 2: the position is committed in the same transaction as its effect.
    target.commit(delivery.owner(), now.text());
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
