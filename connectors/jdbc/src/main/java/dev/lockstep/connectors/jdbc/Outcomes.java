package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Writer.Outcome;
import java.sql.SQLException;
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

  /** Whether the mutation at a place in the batch was taken, as far as is known. */
  public boolean isTaken(int place) {
    return switch (outcomes[place]) {
      case Outcome.Applied(), Outcome.Unchanged() -> true;
      case Outcome.Rejected _, Outcome.Deferred _ -> false;
    };
  }

  /** One outcome for each mutation, in the batch's order. */
  public List<Outcome> list() {
    return List.of(outcomes);
  }

  /** Why the database will never take a record, and what to do about it. */
  public static Outcome rejected(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    String remedy =
        switch (state) {
          case "23503", "23506" -> "write the record it refers to first, or drop the constraint";
          case "23505" -> "another record of the target holds this value; correct one of them";
          case "23502" -> "send a value, or give the column a default";
          case "22001" -> "shorten it in `map`, or widen the column";
          default -> "correct the record at its source or in `map`, then replay it";
        };
    return new Outcome.Rejected(Failures.text(e), remedy);
  }
}
