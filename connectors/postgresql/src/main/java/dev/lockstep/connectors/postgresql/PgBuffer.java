package dev.lockstep.connectors.postgresql;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes in network order, growing; with the readers that COPY's binary form needs. */
final class PgBuffer {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int size;

  PgBuffer(int capacity) {
    this.bytes = new byte[Math.max(64, capacity)];
  }

  static short getShort(byte[] from, int offset) {
    return (short) SHORT.get(from, offset);
  }

  static int getInt(byte[] from, int offset) {
    return (int) INT.get(from, offset);
  }

  static long getLong(byte[] from, int offset) {
    return (long) LONG.get(from, offset);
  }

  int size() {
    return size;
  }

  /** The bytes themselves, valid up to {@link #size}. */
  byte[] bytes() {
    return bytes;
  }

  void clear() {
    size = 0;
  }

  /** Drops what was written after a place. */
  void truncate(int length) {
    size = length;
  }

  void putByte(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void putShort(int value) {
    room(2);
    SHORT.set(bytes, size, (short) value);
    size += 2;
  }

  void putInt(int value) {
    room(4);
    INT.set(bytes, size, value);
    size += 4;
  }

  void putIntAt(int offset, int value) {
    INT.set(bytes, offset, value);
  }

  void putLong(long value) {
    room(8);
    LONG.set(bytes, size, value);
    size += 8;
  }

  void putText(String text) {
    putBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void putBytes(byte[] from) {
    room(from.length);
    System.arraycopy(from, 0, bytes, size, from.length);
    size += from.length;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length << 1));
    }
  }
}
