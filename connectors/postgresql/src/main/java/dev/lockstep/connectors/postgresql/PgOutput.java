package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.connectors.jdbc.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the changes that pgoutput writes into ours, straight out of the bytes that came. Used by
 * one thread.
 */
final class PgOutput {
  private static final int TYPE = PgStream.HEADER;
  private static final int BODY = TYPE + 1;

  /** What keeps a change together in memory, beside its values. */
  private static final int WEIGHT = 160;

  private static final int MOST_SHOWN = 64 << 10;

  private final PgRelations relations;
  private final PgLogTransaction transaction;
  private final PgRelation.Reader reader = new PgRelation.Reader();
  private List<Change> changes = new ArrayList<>();
  private long bytes;

  PgOutput(PgRelations relations, PgLogTransaction transaction) {
    this.relations = relations;
    this.transaction = transaction;
  }

  static byte type(byte[] message) {
    return message[TYPE];
  }

  static boolean isChange(byte[] message) {
    return switch (message[TYPE]) {
      case 'I', 'U', 'D', 'T' -> true;
      default -> false;
    };
  }

  /** How many changes were gathered. */
  int size() {
    return changes.size();
  }

  /** About how much memory they take. */
  long bytes() {
    return bytes;
  }

  /** Hands over what was gathered. */
  List<Change> take() {
    List<Change> taken = changes;
    changes = new ArrayList<>(Math.min(taken.size() + 16, 4096));
    bytes = 0;
    return taken;
  }

  /** Where a transaction's log ends, in the message of its commit. */
  static long commitEnd(byte[] message) {
    return PgBuffer.getLong(message, BODY + 9);
  }

  /** Where a transaction commits, in the message of its begin. */
  static long commit(byte[] message) {
    return PgBuffer.getLong(message, BODY);
  }

  boolean begin(byte[] message) {
    return transaction.begin(message, BODY);
  }

  /** What the log's writers say beside their changes; only those who say who they are matter. */
  void message(byte[] message) {
    boolean commits = (message[BODY] & 1) != 0;
    int prefix = BODY + 9;
    int end = prefix;
    while (message[end] != 0) {
      end++;
    }
    int length = PgBuffer.getInt(message, end + 1);
    String origin =
        commits && transaction.isOpen()
            ? PgOrigin.of(message, prefix, end - prefix, end + 5, length)
            : null;
    if (origin != null) {
      transaction.origin(origin);
    }
  }

  void change(byte[] message) {
    if (!transaction.isNew(PgBuffer.getLong(message, 1))) {
      return;
    }
    int before = changes.size();
    switch (message[TYPE]) {
      case 'I' -> inserted(message);
      case 'U' -> updated(message);
      case 'D' -> deleted(message);
      default -> truncated(message);
    }
    if (changes.size() > before) {
      bytes += message.length + WEIGHT;
    }
  }

  private @Nullable PgRelation start(byte[] message) {
    PgRelation relation = relations.of(PgBuffer.getInt(message, BODY));
    reader.start(message, BODY + 4);
    return relation;
  }

  private void inserted(byte[] message) {
    PgRelation relation = start(message);
    if (relation != null) {
      reader.kind();
      upserted(relation, null, Optional.empty());
    }
  }

  private void updated(byte[] message) {
    PgRelation relation = start(message);
    if (relation == null) {
      return;
    }
    int kind = reader.kind();
    if (kind == 'N') {
      upserted(relation, null, Optional.empty());
      return;
    }
    @Nullable Object[] old = new @Nullable Object[relation.size()];
    PgRelation.Unfit unfit = relation.read(reader, old, null);
    if (kind == 'K') {
      relation.onlyIdentity(old);
    }
    reader.kind();
    // An old row that cannot be carried is as good as one that was not logged.
    Optional<Row> before = unfit == null ? Optional.of(relation.row(old)) : Optional.empty();
    upserted(relation, kind == 'O' ? old : null, before);
  }

  private void upserted(
      PgRelation relation, @Nullable Object @Nullable [] old, Optional<Row> before) {
    @Nullable Object[] values = new @Nullable Object[relation.size()];
    PgRelation.Unfit unfit = relation.read(reader, values, old);
    if (unfit != null) {
      garbled(relation, values, unfit.column(), unfit.fault().fault(), unfit.fault().remedy());
      return;
    }
    Row row = relation.row(values);
    try {
      Key key = relation.key(row);
      changes.add(new Change.Upserted(relation.dataset(), key, row, before, transaction.mark()));
    } catch (Row.NullKeyException e) {
      keyless(relation, values, e);
    }
  }

  private void deleted(byte[] message) {
    PgRelation relation = start(message);
    if (relation == null) {
      return;
    }
    boolean partly = reader.kind() == 'K';
    @Nullable Object[] old = new @Nullable Object[relation.size()];
    PgRelation.Unfit unfit = relation.read(reader, old, null);
    if (partly) {
      relation.onlyIdentity(old);
    }
    if (unfit != null) {
      garbled(relation, old, unfit.column(), unfit.fault().fault(), unfit.fault().remedy());
      return;
    }
    Row row = relation.row(old);
    try {
      changes.add(
          new Change.Deleted(
              relation.dataset(), relation.key(row), Optional.of(row), transaction.mark()));
    } catch (Row.NullKeyException e) {
      keyless(relation, old, e);
    }
  }

  private void truncated(byte[] message) {
    int count = PgBuffer.getInt(message, BODY);
    for (int i = 0; i < count; i++) {
      PgRelation relation = relations.of(PgBuffer.getInt(message, BODY + 5 + 4 * i));
      if (relation != null) {
        changes.add(new Change.Truncated(relation.dataset(), transaction.mark()));
      }
    }
  }

  private void keyless(PgRelation relation, @Nullable Object[] values, Row.NullKeyException e) {
    garbled(
        relation,
        values,
        -1,
        "the log does not hold the record's key: " + e.getMessage(),
        "run: ALTER TABLE " + relation.dataset() + " REPLICA IDENTITY FULL");
  }

  private void garbled(
      PgRelation relation, @Nullable Object[] values, int column, String fault, String remedy) {
    List<String> names = relation.schema().names();
    List<String> texts = relation.texts(values);
    List<String> keys = new ArrayList<>();
    List<String> keyTexts = new ArrayList<>();
    for (int place : relation.key()) {
      if (place >= 0) {
        keys.add(names.get(place));
        keyTexts.add(texts.get(place));
      }
    }
    String place = "table " + relation.dataset() + ", " + Values.preview(keys, keyTexts, 1000);
    String what = column < 0 ? fault : "column " + names.get(column) + ": " + fault;
    changes.add(
        new Change.Garbled(
            relation.dataset(),
            new Unreadable(place, what, remedy, Values.preview(names, texts, MOST_SHOWN)),
            transaction.mark()));
  }
}
