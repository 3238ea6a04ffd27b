package dev.lockstep.engine.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link BytesOut} wrote. Every length is checked against what is left before anything
 * is allocated for it, so damaged bytes cannot ask for more memory than they have themselves.
 */
final class BytesIn {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private int at;

  BytesIn(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int octet() {
    need(1);
    return bytes[at++] & 0xff;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = octet();
      value |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw damaged("a number without an end");
  }

  long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  long fixed64() {
    need(8);
    long value = (long) LONG.get(bytes, at);
    at += 8;
    return value;
  }

  /** A count of things that take at least one byte each. */
  int count() {
    long count = varint();
    if (count < 0 || count > end - at) {
      throw damaged("a count of " + count + " with " + (end - at) + " bytes left");
    }
    return (int) count;
  }

  int int32(long value) {
    if (value != (int) value) {
      throw damaged("number " + value + " out of range");
    }
    return (int) value;
  }

  byte[] raw(int length) {
    need(length);
    byte[] copy = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return copy;
  }

  String utf8(int length) {
    need(length);
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  int left() {
    return end - at;
  }

  void need(int length) {
    if (length > end - at) {
      throw damaged("the bytes end early");
    }
  }

  void requireEnd() {
    if (at != end) {
      throw damaged((end - at) + " bytes too many");
    }
  }

  DamagedBytesException damaged(String what) {
    return new DamagedBytesException("damaged at byte " + at + ": " + what);
  }
}
