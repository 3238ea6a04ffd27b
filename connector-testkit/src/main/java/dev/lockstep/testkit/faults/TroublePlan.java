package dev.lockstep.testkit.faults;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Says what befalls each request: first what was scripted, in order, then by chance. Chance depends
 * on the seed and the request's number alone, so the same seed gives the same troubles.
 * Thread-safe.
 */
final class TroublePlan {
  private final Deque<Trouble> scripted = new ArrayDeque<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private List<Trouble> kinds = List.of();
  private double probability;
  private long seed;
  private long requests;

  synchronized void script(Collection<Trouble> troubles) {
    scripted.addAll(troubles);
  }

  synchronized void chance(long newSeed, double newProbability, List<Trouble> newKinds) {
    seed = newSeed;
    probability = newProbability;
    kinds = List.copyOf(newKinds);
  }

  synchronized void calm() {
    scripted.clear();
    kinds = List.of();
  }

  synchronized Optional<Trouble> next() {
    requests++;
    Optional<Trouble> trouble = Optional.ofNullable(scripted.poll()).or(this::byChance);
    counts.merge(trouble.map(Trouble::kind).orElse("Passed"), 1L, Long::sum);
    return trouble;
  }

  private Optional<Trouble> byChance() {
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + requests);
    return random.nextDouble() < probability
        ? Optional.of(kinds.get(random.nextInt(kinds.size())))
        : Optional.empty();
  }

  synchronized Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }
}
