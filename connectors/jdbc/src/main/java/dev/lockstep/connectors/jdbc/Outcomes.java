package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Writer.Outcome;
import java.util.Arrays;
import java.util.List;

/** The outcomes of a batch, found piece by piece. A piece that is rolled back is said again. */
final class Outcomes {
  private final Outcome[] outcomes;

  Outcomes(int size) {
    this.outcomes = new Outcome[size];
    Arrays.fill(outcomes, Outcome.UNCHANGED);
  }

  void set(Item item, Outcome outcome) {
    outcomes[item.place()] = outcome;
  }

  void set(int place, Outcome outcome) {
    outcomes[place] = outcome;
  }

  void setAll(List<Item> items, Outcome outcome) {
    items.forEach(item -> set(item, outcome));
  }

  List<Outcome> list() {
    return List.of(outcomes);
  }
}
