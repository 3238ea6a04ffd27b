package dev.lockstep.engine.journal;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ChangeWriter} wrote. */
final class ChangeParser {
  private final BytesIn in;
  private final RecordReader records;
  private Instant moment = Instant.EPOCH;
  private @Nullable DatasetId lastDataset;

  ChangeParser(BytesIn in) {
    this.in = in;
    this.records = new RecordReader(in);
  }

  Change change() {
    int head = in.octet();
    if (head >= 2 * ChangeWriter.SAME_MOMENT) {
      throw in.damaged("no change starts with " + head);
    }
    Change.Mark mark = mark(head);
    DatasetId dataset = dataset();
    return switch (head & ChangeWriter.KIND) {
      case ChangeWriter.UPSERTED -> {
        Key key = records.key();
        Row row = records.row();
        yield new Change.Upserted(dataset, key, row, before(head), mark);
      }
      case ChangeWriter.DELETED -> {
        Key key = records.key();
        yield new Change.Deleted(dataset, key, before(head), mark);
      }
      case ChangeWriter.GARBLED -> new Change.Garbled(dataset, unreadable(), mark);
      case ChangeWriter.TRUNCATED -> new Change.Truncated(dataset, mark);
      default -> throw new IllegalStateException("two bits hold four kinds");
    };
  }

  private Change.Mark mark(int head) {
    if ((head & ChangeWriter.SAME_MOMENT) == 0) {
      long second = Math.addExact(moment.getEpochSecond(), in.zigzag());
      moment = Instant.ofEpochSecond(second, records.values().nanos());
    }
    Optional<String> version = Optional.empty();
    if ((head & ChangeWriter.VERSION) != 0) {
      version = Optional.of(records.values().text());
    }
    Optional<String> transaction = name(head, ChangeWriter.TRANSACTION);
    Optional<String> origin = name(head, ChangeWriter.ORIGIN);
    return new Change.Mark(moment, version, transaction, origin);
  }

  private Optional<String> name(int head, int flag) {
    return (head & flag) == 0 ? Optional.empty() : Optional.of(records.name());
  }

  private Optional<Row> before(int head) {
    return (head & ChangeWriter.BEFORE) == 0 ? Optional.empty() : Optional.of(records.row());
  }

  private DatasetId dataset() {
    String name = records.name();
    if (lastDataset == null || !lastDataset.name().equals(name)) {
      lastDataset = new DatasetId(name);
    }
    return lastDataset;
  }

  private Unreadable unreadable() {
    ValueReader values = records.values();
    String place = values.text();
    String fault = values.text();
    String remedy = values.text();
    return new Unreadable(place, fault, remedy, values.text());
  }
}
