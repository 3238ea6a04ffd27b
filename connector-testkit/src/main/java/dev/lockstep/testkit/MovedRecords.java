package dev.lockstep.testkit;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Writes a batch in which records move to other keys. */
final class MovedRecords {
  private final Function<Key, Optional<Row>> find;
  private final Function<Mutation, Outcome> write;

  /**
   * @param write writes anything but a move
   */
  MovedRecords(Function<Key, Optional<Row>> find, Function<Mutation, Outcome> write) {
    this.find = find;
    this.write = write;
  }

  /** The outcomes of a batch, in its order. */
  List<Outcome> write(Batch batch) {
    Map<Key, Row> before = before(batch);
    Outcome[] outcomes = new Outcome[batch.mutations().size()];
    Set<Key> kept = new HashSet<>();
    for (int i = 0; i < outcomes.length; i++) {
      if (batch.mutations().get(i) instanceof Mutation.Move move) {
        outcomes[i] = moved(batch.mode(), move, before);
        if (!outcomes[i].equals(Outcome.APPLIED) && !outcomes[i].equals(Outcome.UNCHANGED)) {
          kept.add(move.from());
        }
      }
    }
    for (int i = 0; i < outcomes.length; i++) {
      if (outcomes[i] == null) {
        Mutation mutation = batch.mutations().get(i);
        boolean stays = mutation instanceof Mutation.Delete && kept.contains(mutation.key());
        outcomes[i] = stays ? Outcome.UNCHANGED : write.apply(mutation);
      }
    }
    return Arrays.asList(outcomes);
  }

  private Map<Key, Row> before(Batch batch) {
    Map<Key, Row> before = new HashMap<>();
    for (Mutation mutation : batch.mutations()) {
      if (mutation instanceof Mutation.Move move) {
        find.apply(move.from())
            .or(() -> find.apply(move.key()))
            .ifPresent(row -> before.put(move.from(), row));
      }
    }
    return before;
  }

  private Outcome moved(Mode mode, Mutation.Move move, Map<Key, Row> before) {
    Row rest = before.get(move.from());
    if (rest == null && mode == Mode.UPDATE) {
      return Outcome.UNCHANGED;
    }
    return rest == null
        ? new Outcome.Rejected(
            "there is no record " + move.from() + " to which fields that were not sent belong",
            "read the dataset anew")
        : write.apply(new Mutation.Upsert(move.key(), move.row().over(rest)));
  }
}
