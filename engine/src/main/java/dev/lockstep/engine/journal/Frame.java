package dev.lockstep.engine.journal;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * What stands around a payload: the format's version, whether it is deflated, and a checksum,
 * because SQLite has none and a flipped bit must not become another value.
 */
final class Frame {
  static final int VERSION = 1;
  private static final int DEFLATED = 1;
  private static final int CHECKSUM_AT = 2;
  private static final int PAYLOAD_AT = 6;

  /** Below this the saving is not worth the time. */
  private static final int WORTH_DEFLATING = 1024;

  private Frame() {}

  static byte[] close(BytesOut payload) {
    if (payload.size() >= WORTH_DEFLATING) {
      BytesOut deflated = new BytesOut(payload.size() / 2 + 64);
      open(deflated, DEFLATED);
      deflated.varint(payload.size());
      int atMost = payload.size() - payload.size() / 8;
      if (Deflation.deflate(payload.array(), payload.size(), deflated, atMost)) {
        return sealed(deflated.toBytes());
      }
    }
    BytesOut plain = new BytesOut(payload.size() + PAYLOAD_AT);
    open(plain, 0);
    plain.raw(payload.array(), payload.size());
    return sealed(plain.toBytes());
  }

  /** Reads a payload to its very end. */
  static <T> T read(byte[] bytes, Function<BytesIn, T> reader) {
    return whole(opened(bytes), reader);
  }

  /** Reads a payload that has only the version before it. */
  static <T> T bare(byte[] bytes, Function<BytesIn, T> reader) {
    BytesIn in = new BytesIn(bytes, 0, bytes.length);
    requireKnown(in.octet());
    return whole(in, reader);
  }

  private static <T> T whole(BytesIn in, Function<BytesIn, T> reader) {
    try {
      T result = reader.apply(in);
      in.requireEnd();
      return result;
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new DamagedBytesException(
          "damaged: it holds a value that cannot be: " + e.getMessage());
    }
  }

  private static void requireKnown(int version) {
    if (version != VERSION) {
      throw new DamagedBytesException(
          "written in format version %d, this program reads %d; start the newer Lockstep that wrote it"
              .formatted(version, VERSION));
    }
  }

  private static BytesIn opened(byte[] bytes) {
    if (bytes.length < PAYLOAD_AT) {
      throw new DamagedBytesException("damaged: " + bytes.length + " bytes are no whole record");
    }
    requireKnown(bytes[0] & 0xff);
    if (ByteBuffer.wrap(bytes).getInt(CHECKSUM_AT) != checksum(bytes)) {
      throw new DamagedBytesException("damaged: the checksum does not fit the bytes");
    }
    return switch (bytes[1]) {
      case 0 -> new BytesIn(bytes, PAYLOAD_AT, bytes.length);
      case DEFLATED -> inflated(new BytesIn(bytes, PAYLOAD_AT, bytes.length));
      default -> throw new DamagedBytesException("damaged: unknown flags " + bytes[1]);
    };
  }

  private static BytesIn inflated(BytesIn in) {
    long size = in.varint();
    byte[] payload = Deflation.inflate(in.raw(in.left()), size);
    return new BytesIn(payload, 0, payload.length);
  }

  private static void open(BytesOut out, int flags) {
    out.octet(VERSION);
    out.octet(flags);
    for (int i = CHECKSUM_AT; i < PAYLOAD_AT; i++) {
      out.octet(0);
    }
  }

  private static byte[] sealed(byte[] bytes) {
    ByteBuffer.wrap(bytes).putInt(CHECKSUM_AT, checksum(bytes));
    return bytes;
  }

  private static int checksum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, CHECKSUM_AT);
    sum.update(bytes, PAYLOAD_AT, bytes.length - PAYLOAD_AT);
    return (int) sum.getValue();
  }
}
