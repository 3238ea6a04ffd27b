package dev.lockstep.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Takes entries up to what one answer may hold (invariant 8). */
final class Weighed implements Consumer<Entry> {
  private final long most;
  private final List<Entry> taken = new ArrayList<>();
  private long weight;

  /**
   * @param most how much they may weigh together, in bytes
   */
  Weighed(long most) {
    this.most = most;
  }

  @Override
  public void accept(Entry entry) {
    taken.add(entry);
    weight += entry.weight();
    if (weight > most && taken.size() > 1) {
      throw new EntriesRefused(
          List.of(
              new EntryProblem(
                  0,
                  Rule.TOO_MANY,
                  "pageSize",
                  "asks for more than an answer may hold: "
                      + taken.size()
                      + " of the entries are larger than "
                      + (most >> 20)
                      + " MiB",
                  "ask for fewer at once")));
    }
  }

  List<Entry> taken() {
    return taken;
  }
}
