package dev.lockstep.engine.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow as they are written. Not thread-safe. */
final class BytesOut {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int size;

  BytesOut(int expected) {
    bytes = new byte[expected];
  }

  void octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** Seven bits a byte, the lowest first; small numbers take one byte. */
  void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** As {@link #varint}, with small negative numbers short as well. */
  void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  void fixed64(long value) {
    room(8);
    LONG.set(bytes, size, value);
    size += 8;
  }

  void raw(byte[] source) {
    raw(source, source.length);
  }

  void raw(byte[] source, int length) {
    room(length);
    System.arraycopy(source, 0, bytes, size, length);
    size += length;
  }

  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int needed) {
    if (bytes.length - size < needed) {
      long wanted = Math.max(2L * bytes.length, (long) size + needed);
      if (wanted > Integer.MAX_VALUE - 8) {
        wanted = Integer.MAX_VALUE - 8L;
      }
      if (wanted < (long) size + needed) {
        throw new IllegalArgumentException("more than 2 GiB in one batch; capture smaller batches");
      }
      bytes = Arrays.copyOf(bytes, (int) wanted);
    }
  }
}
