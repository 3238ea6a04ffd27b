package dev.lockstep.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Takes entries of a list until the page is full, by their number or by what they hold. */
final class FillPage implements Consumer<Entry> {
  private final int most;
  private final long mostWeight;
  private final List<Entry> taken = new ArrayList<>();
  private long weight;

  FillPage(int most, long mostWeight) {
    this.most = most;
    this.mostWeight = mostWeight;
  }

  /** Ends the reading of rows, of which there are more. */
  private static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Full() {
      super(null, null, false, false);
    }
  }

  /** Reads rows that hand themselves to this. */
  interface Rows {
    void each(Consumer<Entry> consumer);
  }

  EntryPage fill(Rows rows) {
    try {
      rows.each(this);
      return new EntryPage(taken, false);
    } catch (Full full) {
      return new EntryPage(taken, true);
    }
  }

  @Override
  public void accept(Entry entry) {
    if (taken.size() == most || (weight > mostWeight && !taken.isEmpty())) {
      throw new Full();
    }
    taken.add(entry);
    weight += entry.weight();
  }
}
