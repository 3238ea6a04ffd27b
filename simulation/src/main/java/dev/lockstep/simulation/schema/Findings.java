package dev.lockstep.simulation.schema;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a simulation has found up to now; used by one thread. */
final class Findings {
  private final Map<Victim, Integer> kills = new EnumMap<>(Victim.class);
  private final List<Duration> recoveries = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private List<Compared> tables = List.of();
  private int controls;
  private int caught;

  void killed(Victim victim) {
    kills.merge(victim, 1, Integer::sum);
  }

  void recovered(Duration after) {
    recoveries.add(after);
  }

  /** Something that must not be, whatever the tables say. */
  void fault(String fault) {
    faults.add(fault);
  }

  void compared(List<Compared> compared) {
    tables = compared;
  }

  /** A fault made on purpose, and whether it was found. */
  void control(boolean found) {
    controls++;
    caught += found ? 1 : 0;
  }

  Map<Victim, Integer> kills() {
    return kills;
  }

  List<Duration> recoveries() {
    return recoveries.stream().sorted().toList();
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  List<Compared> tables() {
    return List.copyOf(tables);
  }

  int controls() {
    return controls;
  }

  boolean allCaught() {
    return controls > 0 && caught == controls;
  }

  boolean isClean() {
    return faults.isEmpty()
        && !tables.isEmpty()
        && tables.stream().allMatch(Compared::isEqual)
        && allCaught();
  }
}
