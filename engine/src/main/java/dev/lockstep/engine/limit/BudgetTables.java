package dev.lockstep.engine.limit;

import dev.lockstep.store.Migration;
import java.util.List;

/** Where used calls are kept over restarts. */
public final class BudgetTables {

  /**
   * A row for each slot of a period in which a system was granted calls; slot is its first second.
   */
  public static final Migration MIGRATION =
      new Migration(
          "limit",
          List.of(
              """
              CREATE TABLE limit_calls (
                system TEXT NOT NULL,
                slot INTEGER NOT NULL,
                granted INTEGER NOT NULL,
                PRIMARY KEY (system, slot))
              """));

  private BudgetTables() {}
}
