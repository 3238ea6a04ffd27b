package dev.lockstep.engine.journal;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import java.time.Instant;
import java.util.Optional;

/** Writes changes one after another; each leaves out what it shares with the one before. */
final class ChangeWriter {
  static final int UPSERTED = 0;
  static final int DELETED = 1;
  static final int GARBLED = 2;
  static final int TRUNCATED = 3;
  static final int KIND = 3;
  static final int BEFORE = 4;
  static final int VERSION = 8;
  static final int TRANSACTION = 16;
  static final int ORIGIN = 32;

  /** Committed at the very moment of the change before. */
  static final int SAME_MOMENT = 64;

  private final BytesOut out;
  private final RecordWriter records;
  private Instant moment = Instant.EPOCH;

  ChangeWriter(BytesOut out) {
    this.out = out;
    this.records = new RecordWriter(out);
  }

  void change(Change change) {
    switch (change) {
      case Change.Upserted upserted -> {
        head(UPSERTED, upserted, upserted.before());
        records.key(upserted.key());
        records.row(upserted.row());
        upserted.before().ifPresent(records::row);
      }
      case Change.Deleted deleted -> {
        head(DELETED, deleted, deleted.before());
        records.key(deleted.key());
        deleted.before().ifPresent(records::row);
      }
      case Change.Truncated truncated -> head(TRUNCATED, truncated, Optional.empty());
      case Change.Garbled garbled -> {
        head(GARBLED, garbled, Optional.empty());
        unreadable(garbled.record());
      }
    }
  }

  private void head(int kind, Change change, Optional<Row> before) {
    Change.Mark mark = change.mark();
    boolean sameMoment = mark.committedAt().equals(moment);
    out.octet(
        kind
            | (before.isPresent() ? BEFORE : 0)
            | (mark.version().isPresent() ? VERSION : 0)
            | (mark.transaction().isPresent() ? TRANSACTION : 0)
            | (mark.origin().isPresent() ? ORIGIN : 0)
            | (sameMoment ? SAME_MOMENT : 0));
    if (!sameMoment) {
      out.zigzag(mark.committedAt().getEpochSecond() - moment.getEpochSecond());
      records.values().nanos(mark.committedAt().getNano());
      moment = mark.committedAt();
    }
    mark.version().ifPresent(records.values()::text);
    mark.transaction().ifPresent(records::name);
    mark.origin().ifPresent(records::name);
    records.name(change.dataset().name());
  }

  private void unreadable(Unreadable record) {
    records.values().text(record.place());
    records.values().text(record.fault());
    records.values().text(record.remedy());
    records.values().text(record.raw());
  }
}
