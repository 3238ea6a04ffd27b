package dev.lockstep.connectors.file;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Ledger;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that appends batch after batch, each holding the next numbers, until it is killed. */
final class AppendingChild {
  static final int ROWS = 40;
  static final String OWNER = "sync|0";
  static final DatasetId DATASET = new DatasetId("d");
  private static final Schema SCHEMA = Schema.of(Field.of("id", new Type.Int()));

  private AppendingChild() {}

  static Opened open(Path folder) {
    return Opened.dataset(
        folder, Map.of("files", "out.csv", "key", "id", "fields", Map.of("id", "int")));
  }

  /** Goes on where the ledger says; says each batch when it is committed. */
  public static void main(String[] args) throws InterruptedException {
    try (Opened opened = open(Path.of(args[0]))) {
      Writer writer = opened.connection().writer().orElseThrow();
      int last = writer.ledger(DATASET, OWNER).map(Integer::parseInt).orElse(-1);
      // As an engine does that never heard the answer: the last batch comes once more.
      for (int n = Math.max(0, last); ; n++) {
        writer.write(batch(n));
        System.out.println(n);
      }
    }
  }

  private static Batch batch(int number) {
    List<Mutation> mutations = new ArrayList<>();
    for (long id = (long) number * ROWS; id < (number + 1L) * ROWS; id++) {
      mutations.add(new Mutation.Upsert(Key.of(id), Row.of(SCHEMA, id)));
    }
    return new Batch(
        "batch-" + number,
        DATASET,
        List.of("id"),
        Mode.APPEND,
        mutations,
        Optional.of(new Numbered(number)));
  }

  /** Notes the number of the batch. */
  private record Numbered(int number) implements Ledger {
    @Override
    public String owner() {
      return OWNER;
    }

    @Override
    public String seal(List<Outcome> outcomes) {
      return Integer.toString(number);
    }
  }
}
