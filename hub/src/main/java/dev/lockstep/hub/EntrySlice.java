package dev.lockstep.hub;

import java.util.List;

/**
 * A part of a list of entries.
 *
 * @param total how many entries the whole list has
 */
public record EntrySlice(List<Entry> entries, long total) {
  public EntrySlice {
    entries = List.copyOf(entries);
  }
}
