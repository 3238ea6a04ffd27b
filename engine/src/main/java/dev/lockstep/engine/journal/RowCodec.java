package dev.lockstep.engine.journal;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;

/** Single keys and rows as bytes that can be read by themselves. Thread-safe. */
public final class RowCodec {
  private RowCodec() {}

  /**
   * A key's bytes: equal for equal keys and only for those, so that they can be looked up in an
   * index. They keep no order.
   */
  public static byte[] key(Key key) {
    BytesOut out = new BytesOut(32);
    out.octet(Frame.VERSION);
    new RecordWriter(out).key(key);
    return out.toBytes();
  }

  /**
   * @throws DamagedBytesException when the bytes are not what {@link #key(Key)} made
   */
  public static Key key(byte[] bytes) {
    return Frame.bare(bytes, in -> new RecordReader(in).key());
  }

  /** A row's bytes, its schema among them. */
  public static byte[] row(Row row) {
    BytesOut out = new BytesOut(256);
    new RecordWriter(out).row(row);
    return Frame.close(out);
  }

  /**
   * @throws DamagedBytesException when the bytes are not what {@link #row(Row)} made
   */
  public static Row row(byte[] bytes) {
    return Frame.read(bytes, in -> new RecordReader(in).row());
  }
}
