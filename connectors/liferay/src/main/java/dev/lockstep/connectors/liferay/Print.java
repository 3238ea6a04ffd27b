package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.Row;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an entry held, field by field, as hashes: enough to know it again, in little memory. Equal
 * when all fields are.
 */
final class Print {
  private static final long ABSENT = 0;

  private final long[] fields;

  private Print(long[] fields) {
    this.fields = fields;
  }

  static Print of(ObjectShape shape, Row row) {
    long[] fields = new long[shape.columns().size()];
    for (int i = 0; i < fields.length; i++) {
      Object value = row.get(shape.columns().get(i).name());
      fields[i] = value == Row.ABSENT ? ABSENT : hash(value);
    }
    return new Print(fields);
  }

  /** This one, where it lacks a field with another's. */
  Print over(@Nullable Print earlier) {
    if (earlier == null || earlier.fields.length != fields.length) {
      return this;
    }
    long[] merged = fields.clone();
    for (int i = 0; i < merged.length; i++) {
      merged[i] = merged[i] == ABSENT ? earlier.fields[i] : merged[i];
    }
    return new Print(merged);
  }

  private static long hash(@Nullable Object value) {
    String text =
        switch (value) {
          case null -> "null";
          case BigDecimal number -> "n" + number.stripTrailingZeros().toPlainString();
          default -> "v" + value;
        };
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong() | 1;
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Print that && Arrays.equals(fields, that.fields);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(fields);
  }
}
