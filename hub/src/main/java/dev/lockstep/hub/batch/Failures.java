package dev.lockstep.hub.batch;

import dev.lockstep.hub.Hub;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The items of a task that failed. */
final class Failures {
  private Failures() {}

  /** Those after a place, as many as a bound of characters lets pass, but at least one. */
  static List<Failure> read(Hub hub, long task, long after, int limit, int mostCharacters)
      throws InterruptedException {
    return hub.read(tx -> {
      List<Failure> page = new ArrayList<>();
      long beyond = after;
      long characters = 0;
      while (page.size() < limit && (page.isEmpty() || characters < mostCharacters)) {
        Optional<Failure> next =
            tx.first(
                "SELECT n, item, message FROM batch_item WHERE task = ? AND state = 'FAILED' AND n"
                    + " > ? ORDER BY n LIMIT 1",
                row -> new Failure(row.integer(1), row.text(2), row.text(3)),
                task,
                beyond);
        if (next.isEmpty()) {
          break;
        }
        page.add(next.get());
        beyond = next.get().index();
        characters += next.get().item().length();
      }
      return page;
    });
  }
}
