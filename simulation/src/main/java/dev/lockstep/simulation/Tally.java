package dev.lockstep.simulation;

import java.util.ArrayList;
import java.util.List;

/** Counts what was compared and what was found wrong. Not thread-safe. */
final class Tally {
  private static final int MOST_FINDINGS = 30;

  private final List<String> findings = new ArrayList<>();
  private long records;
  private long lost;
  private long duplicates;
  private long disorder;
  private long unbalanced;

  void compared(long more) {
    records += more;
  }

  /** A change of the source is not in the target, or the target holds what the source does not. */
  void lost(String what) {
    lost++;
    find("lost: " + what);
  }

  void duplicate(String what) {
    duplicates++;
    find("duplicate: " + what);
  }

  void disorder(String what) {
    disorder++;
    find("disorder: " + what);
  }

  void unbalanced(String what) {
    unbalanced++;
    find("unbalanced: " + what);
  }

  private void find(String what) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(what);
    }
  }

  void add(Tally other) {
    records += other.records;
    lost += other.lost;
    duplicates += other.duplicates;
    disorder += other.disorder;
    unbalanced += other.unbalanced;
  }

  boolean isClean() {
    return lost == 0 && duplicates == 0 && disorder == 0 && unbalanced == 0;
  }

  long records() {
    return records;
  }

  long lost() {
    return lost;
  }

  long duplicates() {
    return duplicates;
  }

  long disorder() {
    return disorder;
  }

  long unbalanced() {
    return unbalanced;
  }

  /** The first things found wrong, in words. */
  List<String> findings() {
    return List.copyOf(findings);
  }

  @Override
  public String toString() {
    return records
        + " records, lost "
        + lost
        + ", duplicates "
        + duplicates
        + ", disorder "
        + disorder
        + ", unbalanced "
        + unbalanced;
  }
}
