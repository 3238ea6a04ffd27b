package dev.lockstep.engine.delivery;

import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.JointProgress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A round of lanes as the target's ledger tells of it.
 *
 * @param from how far everything had come before it
 * @param to where it ends
 * @param lanes how many lanes it has
 * @param done the lanes that have committed
 */
public record LaneRound(JointProgress from, String to, int lanes, Map<Integer, Done> done) {
  public LaneRound {
    done = Map.copyOf(done);
  }

  /**
   * What one lane is to write.
   *
   * @param mark the same for the same changes, whenever they are read
   */
  public record Lane(List<JointTransaction.Part> parts, long mark) {}

  /** What one lane has written. */
  public record Done(long mark, Map<String, Counts> counts) {}

  /** The newest round after a transaction over all lanes, if there was one. */
  static Optional<LaneRound> newest(JointProgress base, Map<Integer, LaneEntry> entries) {
    Optional<LaneEntry> newest =
        entries.values().stream()
            .filter(entry -> entry.from().equals(base) || captured(entry) > base.captured())
            .max((one, other) -> Long.compare(captured(one), captured(other)));
    return newest.map(entry -> {
      Map<Integer, Done> done = new TreeMap<>();
      entries.forEach((lane, other) -> {
        if (other.from().equals(entry.from())) {
          done.put(lane, new Done(other.mark(), other.done().counts()));
        }
      });
      return new LaneRound(entry.from(), entry.done().position(), entry.lanes(), done);
    });
  }

  private static long captured(LaneEntry entry) {
    return entry.from().captured();
  }

  /** Whether every lane has committed. */
  boolean isWhole() {
    return done.size() == lanes;
  }

  /** How far all lanes have come. */
  JointProgress standing() {
    return isWhole() ? from.advance(to, counts()) : from;
  }

  /** What became of the changes of those that have committed. */
  public Map<String, Counts> counts() {
    return sum(done.values().stream().map(Done::counts).toList());
  }

  /** What became of all these together. */
  public static Map<String, Counts> sum(Collection<? extends Map<String, Counts>> parts) {
    Map<String, Counts> sum = new TreeMap<>();
    parts.forEach(part -> part.forEach((sync, counts) -> sum.merge(sync, counts, Counts::plus)));
    return sum;
  }
}
