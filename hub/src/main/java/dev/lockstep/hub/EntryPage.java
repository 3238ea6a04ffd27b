package dev.lockstep.hub;

import java.util.List;

/** One page of a list; {@code more} tells whether another follows after the last entry's id. */
public record EntryPage(List<Entry> entries, boolean more) {
  public EntryPage {
    entries = List.copyOf(entries);
  }
}
