package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connectors.jdbc.UnfitException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as the log describes it from some place on, and the way from its tuples to rows.
 *
 * @param dataset what the subscription calls it
 * @param codecs one for each column; used for the column's binary form or its text
 * @param identity for each column whether it belongs to what identifies a row in the log
 * @param full whether all of the old row is logged
 * @param key the places of the dataset's key, -1 for one that the table no longer has
 */
record PgRelation(
    DatasetId dataset,
    Schema schema,
    PgCodec[] codecs,
    boolean[] identity,
    boolean full,
    int[] key) {

  /** Where a tuple that was read ended. */
  static final class Reader {
    private byte[] message = new byte[0];
    private int at;

    void start(byte[] next, int from) {
      message = next;
      at = from;
    }

    int kind() {
      return message[at++];
    }

    boolean hasMore() {
      return at < message.length;
    }
  }

  /** A value that could not be carried, and where. */
  record Unfit(int column, UnfitException fault) {}

  /** Stands in the values of a tuple for what could not be carried. */
  private static final Object UNFIT = new Object();

  /**
   * Reads a tuple. A value that was not sent is {@link Row#ABSENT}, or as in the row before it; one
   * that cannot be carried is told by the answer.
   */
  @Nullable Unfit read(
      Reader from, @Nullable Object[] values, @Nullable Object @Nullable [] before) {
    byte[] message = from.message;
    int at = from.at + 2;
    Unfit unfit = null;
    for (int i = 0; i < values.length; i++) {
      byte kind = message[at++];
      if (kind == 'b' || kind == 't') {
        int length = PgBuffer.getInt(message, at);
        at += 4;
        try {
          values[i] =
              kind == 'b'
                  ? codecs[i].decode(message, at, length)
                  : codecs[i].parse(new String(message, at, length, StandardCharsets.UTF_8));
        } catch (UnfitException e) {
          values[i] = UNFIT;
          unfit = new Unfit(i, e);
        }
        at += length;
      } else if (kind == 'u') {
        values[i] = before == null ? Row.ABSENT : before[i];
      }
    }
    from.at = at;
    return unfit;
  }

  /** Takes out of an old tuple what was not logged. */
  void onlyIdentity(@Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!identity[i]) {
        values[i] = Row.ABSENT;
      }
    }
  }

  int size() {
    return codecs.length;
  }

  Row row(@Nullable Object[] values) {
    return new Row(schema, values);
  }

  /** The key of a row; throws {@link Row.NullKeyException} when part of it was not logged. */
  Key key(Row row) {
    return row.key(key);
  }

  /** What can be shown of values, of which some may not be carried. */
  List<String> texts(@Nullable Object[] values) {
    return Arrays.stream(values)
        .map(value ->
            value == UNFIT
                ? "(cannot be carried)"
                : value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value))
        .toList();
  }
}
