package dev.lockstep.connectors.postgresql;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/** The bytes of one array on their way into a parameter. Valid until its buffer changes. */
final class PgArrayParameter extends PGobject implements PGBinaryObject {
  private static final long serialVersionUID = 1L;
  private static final int HEADER = 20;

  private final transient PgBuffer buffer;

  private PgArrayParameter(String type, PgBuffer buffer) {
    this.type = type;
    this.buffer = buffer;
  }

  /** Makes room for the header of an array. */
  static void start(PgBuffer buffer) {
    buffer.clear();
    for (int i = 0; i < HEADER; i += Integer.BYTES) {
      buffer.putInt(0);
    }
  }

  /**
   * An array of one dimension whose elements were put after {@link #start}.
   *
   * <pre>int32 dimensions | int32 flags | int32 element type | int32 length | int32 first index
   * </pre>
   */
  static PgArrayParameter of(PgArrayForm form, PgBuffer buffer, int length) {
    buffer.putIntAt(0, 1);
    buffer.putIntAt(8, form.oid());
    buffer.putIntAt(12, length);
    buffer.putIntAt(16, 1);
    return new PgArrayParameter(form.array(), buffer);
  }

  @Override
  public int lengthInBytes() {
    return buffer.size();
  }

  @Override
  public void toBytes(byte[] to, int offset) {
    System.arraycopy(buffer.bytes(), 0, to, offset, buffer.size());
  }

  @Override
  public void setByteValue(byte[] bytes, int offset) {
    throw new UnsupportedOperationException("is only sent");
  }

  /** Asked for only if the driver does not send this type in binary form. */
  @Override
  public @Nullable String getValue() {
    throw new IllegalStateException("the driver would send " + type + " as text");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(buffer.bytes());
  }

  @Override
  public Object clone() throws CloneNotSupportedException {
    return super.clone();
  }
}
