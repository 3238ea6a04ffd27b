package dev.lockstep.engine.delivery;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.JointProgress;
import dev.lockstep.engine.sync.Steps;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes one round, each lane in a transaction of its own. A lane commits only what the target took
 * without a word. What is refused, or stands in the way of another lane, takes its lane's
 * transaction back, and is left to whoever ends the round when the others are through.
 */
final class LaneWrites {
  private final JointDelivery delivery;
  private final Writer writer;
  private final DatasetId home;
  private final List<LaneRound.Lane> lanes;
  private final String to;
  private final Steps steps;
  private final SortedMap<Integer, Map<String, Counts>> done =
      Collections.synchronizedSortedMap(new TreeMap<>());

  LaneWrites(
      JointDelivery delivery,
      Writer writer,
      DatasetId home,
      List<LaneRound.Lane> lanes,
      String to,
      Steps steps) {
    this.delivery = delivery;
    this.writer = writer;
    this.home = home;
    this.lanes = lanes;
    this.to = to;
    this.steps = steps;
  }

  /** Those that committed, with what became of their changes. */
  SortedMap<Integer, Map<String, Counts>> write() throws InterruptedException {
    AtOnce.run(lanes.size(), lanes.size(), this::write);
    return done;
  }

  private void write(int number) throws InterruptedException {
    LaneRound.Lane lane = lanes.get(number);
    try (Writer.Transaction target = writer.begin(home)) {
      steps.reached(Steps.Step.MAPPED);
      Optional<Map<String, Counts>> counts = written(target, new JointWindows(lane.parts()));
      if (counts.isEmpty()) {
        return;
      }
      JointProgress progress = JointProgress.START.advance(to, counts.get());
      LaneEntry entry = new LaneEntry(delivery.standing(), lanes.size(), lane.mark(), progress);
      steps.reached(Steps.Step.SEALED);
      // Invariant 2: each lane's position is committed in the same transaction as its effect.
      target.commit(delivery.owner(number), entry.text());
      done.put(number, counts.get());
      steps.reached(Steps.Step.WRITTEN);
    }
  }

  /** What became of a lane's changes; empty when it must not commit. */
  private static Optional<Map<String, Counts>> written(
      Writer.Transaction target, JointWindows windows) throws InterruptedException {
    List<List<Outcome>> outcomes;
    try {
      outcomes = windows.batches().isEmpty() ? List.of() : target.write(windows.batches());
    } catch (ConnectorException e) {
      if (e.failure() instanceof Failure.Transient) {
        // Two lanes that wait for each other, say. Nothing of this one is there.
        return Optional.empty();
      }
      throw e;
    }
    Map<String, Counts> counts = new TreeMap<>();
    for (JointWindows.Settled settled : windows.settled(outcomes)) {
      Settlement settlement = settled.settlement();
      if (!settlement.waits().isEmpty() || !settlement.dead().isEmpty()) {
        return Optional.empty();
      }
      counts.merge(settled.of().sync(), settlement.counts(), Counts::plus);
    }
    return Optional.of(counts);
  }
}
