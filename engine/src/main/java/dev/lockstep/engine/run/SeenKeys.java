package dev.lockstep.engine.run;

import dev.lockstep.connector.Key;
import dev.lockstep.engine.journal.Digest;
import java.math.BigDecimal;
import java.nio.ByteBuffer;

/**
 * A set of 128-bit digests of keys, in one flat array with open addressing: 32 bytes a key at
 * worst. Keys are compared by their printed form, since a source and a target without schema may
 * type the same key differently. Not thread-safe.
 */
final class SeenKeys {
  /** The bytes of one digest. */
  static final int WIDTH = 16;

  private final long[] table;
  private final int mask;

  SeenKeys(long expected) {
    int size = Integer.highestOneBit(Math.toIntExact(Math.max(expected, 4) * 2 - 1)) << 1;
    this.table = new long[size * 2];
    this.mask = size - 1;
  }

  static byte[] digest(Key key) {
    StringBuilder text = new StringBuilder();
    for (Object part : key.parts()) {
      text.append(
              part instanceof BigDecimal number
                  ? number.stripTrailingZeros().toPlainString()
                  : Key.of(part).toString())
          .append('\u0000');
    }
    return Digest.of(Key.of(text.toString())).bytes();
  }

  /** Adds the digests of a page that fall into a bucket. */
  void addAll(byte[] digests, int bucket, int buckets) {
    ByteBuffer buffer = ByteBuffer.wrap(digests);
    while (buffer.remaining() >= WIDTH) {
      long high = buffer.getLong();
      long low = buffer.getLong();
      if (bucketOf(high, buckets) == bucket) {
        add(high, low);
      }
    }
  }

  static boolean isIn(byte[] digest, int bucket, int buckets) {
    return bucketOf(ByteBuffer.wrap(digest).getLong(), buckets) == bucket;
  }

  private static int bucketOf(long high, int buckets) {
    return (int) Math.floorMod(high >>> 20, (long) buckets);
  }

  private void add(long high, long low) {
    int at = place(high, low);
    // An all-zero pair marks a free place; a digest of that value would merely be stored twice.
    table[at] = high;
    table[at + 1] = low;
  }

  boolean contains(byte[] digest) {
    ByteBuffer buffer = ByteBuffer.wrap(digest);
    long high = buffer.getLong();
    long low = buffer.getLong();
    int at = place(high, low);
    return table[at] == high && table[at + 1] == low;
  }

  private int place(long high, long low) {
    int slot = (int) (low ^ (low >>> 32)) & mask;
    while (true) {
      int at = slot * 2;
      boolean free = table[at] == 0 && table[at + 1] == 0;
      if (free || (table[at] == high && table[at + 1] == low)) {
        return at;
      }
      slot = (slot + 1) & mask;
    }
  }
}
