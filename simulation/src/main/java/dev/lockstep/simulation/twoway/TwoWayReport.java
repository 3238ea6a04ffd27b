package dev.lockstep.simulation.twoway;

import java.util.List;

/**
 * What a simulation came to.
 *
 * @param faults what was found wrong, empty when nothing was
 */
public record TwoWayReport(
    long seed,
    long edits,
    long kills,
    long conflicts,
    long captured,
    long applied,
    long echoes,
    List<String> faults) {
  public TwoWayReport {
    faults = List.copyOf(faults);
  }

  public boolean isClean() {
    return faults.isEmpty();
  }

  /** One line of JSON. */
  public String json() {
    String told =
        String.join(
            ", ", faults.stream().map(fault -> '"' + fault.replace('"', '\'') + '"').toList());
    return ("{\"seed\": %d, \"edits\": %d, \"kills\": %d, \"conflicts\": %d, \"captured\": %d,"
            + " \"applied\": %d, \"echoes\": %d, \"clean\": %b, \"faults\": [%s]}")
        .formatted(seed, edits, kills, conflicts, captured, applied, echoes, isClean(), told);
  }
}
