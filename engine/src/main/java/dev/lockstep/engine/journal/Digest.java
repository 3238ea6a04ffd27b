package dev.lockstep.engine.journal;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * 128 bits that stand for a record's values or for a key, the same in every run of the program: the
 * first half of the SHA-256 of the values as {@code docs/formats/journal.md} writes them. A row's
 * fields are taken in the order of their names, those not sent left out, so the order of the schema
 * plays no part, nor do its declared types; {@code 1.0} and {@code 1.00} differ, as do 1 and {@code
 * 1.0}. Two different rows with one digest are not to be expected, even from someone who tries.
 */
public record Digest(long high, long low) {
  /** In front of what is hashed, so that a key never has the digest of a row. */
  private static final int ROW = 'R';

  private static final int KEY = 'K';

  private static final int VALUE = 'V';

  /** Orders already worked out; few schemas are in use at a time. */
  private static final AtomicReferenceArray<NameOrder> ORDERS = new AtomicReferenceArray<>(64);

  public static Digest of(Row row) {
    BytesOut out = new BytesOut(256);
    out.octet(ROW);
    ValueWriter values = new ValueWriter(out);
    for (int index : NameOrder.of(row.schema()).indexes()) {
      if (row.get(index) != Row.ABSENT) {
        values.text(row.schema().field(index).name());
        values.value(row.get(index));
      }
    }
    return hash(out);
  }

  public static Digest of(Key key) {
    BytesOut out = new BytesOut(64);
    out.octet(KEY);
    new RecordWriter(out).key(key);
    return hash(out);
  }

  /** Half of the digest of a single value: enough to see whether it has changed. */
  public static long ofValue(@Nullable Object value) {
    BytesOut out = new BytesOut(64);
    out.octet(VALUE);
    new ValueWriter(out).value(value);
    return hash(out).high();
  }

  /** Reads {@link #bytes} back. */
  public static Digest of(byte[] bytes) {
    if (bytes.length != 2 * Long.BYTES) {
      throw new IllegalArgumentException("a digest of " + bytes.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Digest(buffer.getLong(), buffer.getLong());
  }

  /** Sixteen bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }

  private static Digest hash(BytesOut out) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(out.array(), 0, out.size());
      ByteBuffer hash = ByteBuffer.wrap(sha.digest());
      return new Digest(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The places of a schema's fields, by name. */
  private record NameOrder(Schema schema, int[] indexes) {

    static NameOrder of(Schema schema) {
      int slot = schema.hashCode() & (ORDERS.length() - 1);
      NameOrder known = ORDERS.get(slot);
      if (known != null && known.schema.equals(schema)) {
        return known;
      }
      NameOrder order = new NameOrder(schema, sorted(schema));
      ORDERS.set(slot, order);
      return order;
    }

    private static int[] sorted(Schema schema) {
      return IntStream.range(0, schema.size())
          .boxed()
          .sorted(Comparator.comparing(index -> schema.field(index).name()))
          .mapToInt(Integer::intValue)
          .toArray();
    }
  }
}
