package dev.lockstep.server.page;

import java.util.List;

/**
 * A page of conflicts.
 *
 * @param held whether only those are shown that wait for a person
 * @param next the address of later ones; empty where there are none
 * @param objects whether objects are defined here, which have pages of their own
 */
public record ConflictsView(
    boolean held, List<ConflictView> conflicts, String next, boolean objects) {
  public ConflictsView {
    conflicts = List.copyOf(conflicts);
  }
}
