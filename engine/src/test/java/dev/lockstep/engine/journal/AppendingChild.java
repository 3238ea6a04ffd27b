package dev.lockstep.engine.journal;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Position;
import dev.lockstep.store.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Captures the numbers from its position on and prints each head after it was acknowledged. */
final class AppendingChild {
  private AppendingChild() {}

  public static void main(String[] args) throws InterruptedException {
    SqliteStore store =
        SqliteStore.open(Path.of(args[0]).resolve("store.db"), List.of(Journal.migration()));
    Journal journal = new Journal(store);
    long next = Long.parseLong(journal.start("numbers", new Position("0")).token());
    while (true) {
      List<Change> changes = new ArrayList<>();
      for (long size = next % 7; size >= 0; size--) {
        next++;
        changes.add(
            new Change.Deleted(
                new DatasetId("n"), Key.of(next), Optional.empty(), Change.Mark.at(Instant.EPOCH)));
      }
      System.out.println(
          journal.append("numbers", changes, new Position(Long.toString(next)), true));
    }
  }
}
