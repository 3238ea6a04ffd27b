package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Writer.Outcome;
import java.util.Arrays;
import java.util.List;

/** The outcomes of a batch, found piece by piece. A piece that is rolled back is said again. */
public final class Outcomes {
  private final Outcome[] outcomes;

  /** Of a batch of so many mutations, none of which changed anything so far. */
  public Outcomes(int size) {
    this.outcomes = new Outcome[size];
    Arrays.fill(outcomes, Outcome.UNCHANGED);
  }

  /** What became of an item; the last word counts. */
  public void set(Item item, Outcome outcome) {
    outcomes[item.place()] = outcome;
  }

  /** What became of the mutation at a place in the batch. */
  public void set(int place, Outcome outcome) {
    outcomes[place] = outcome;
  }

  /** What became of all of these items. */
  public void setAll(List<Item> items, Outcome outcome) {
    items.forEach(item -> set(item, outcome));
  }

  /** One outcome for each mutation, in the batch's order. */
  public List<Outcome> list() {
    return List.of(outcomes);
  }
}
