package dev.lockstep.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All changes that the hub ever made, as it told them at the end. */
final class HubHistory {
  private final List<String> changes;

  /**
   * @param changes {@code U id revision} or {@code D id revision-before}, in the order of commits
   */
  HubHistory(List<String> changes) {
    this.changes = changes;
  }

  /** Those made after the hub was first filled, which is before the first sync started. */
  private List<String> followed() {
    return changes.subList(Math.min(Accounts.SEEDED, changes.size()), changes.size());
  }

  long deletes() {
    return followed().stream().filter(change -> change.startsWith("D ")).count();
  }

  long followedCount() {
    return followed().size();
  }

  List<Revision> followedUpserts() {
    return followed().stream()
        .filter(change -> change.startsWith("U "))
        .map(HubHistory::parse)
        .toList();
  }

  private static Revision parse(String change) {
    String[] parts = change.split(" ", -1);
    return new Revision(parts[1], Long.parseLong(parts[2]));
  }

  /** A write that was acknowledged to whoever made it must be among the changes. */
  void checkAcknowledged(List<String> acknowledged, Tally tally) {
    tally.compared(acknowledged.size());
    Set<String> made = new HashSet<>(changes);
    for (String write : acknowledged) {
      if (!made.contains(write)) {
        tally.lost("the hub acknowledged " + write + " and does not have it");
      }
    }
  }

  /** Exactly one row for each state, in the order of each record's states. */
  void compareWithLog(List<Revision> log, Tally tally) {
    tally.compared(log.size());
    List<Revision> wanted = followedUpserts();
    Set<Revision> missing = new HashSet<>(wanted);
    Set<Revision> seen = new HashSet<>();
    for (Revision row : log) {
      if (!seen.add(row)) {
        tally.duplicate("log has " + row + " more than once");
      } else if (!missing.remove(row)) {
        tally.duplicate("log has " + row + ", which the hub never was");
      }
    }
    missing.forEach(revision -> tally.lost("log has no " + revision));
    Revision.checkOrder(log, "log", Revision.Repeats.DUPLICATES, tally);
  }
}
