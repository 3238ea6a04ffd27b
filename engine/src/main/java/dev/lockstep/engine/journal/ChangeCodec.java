package dev.lockstep.engine.journal;

import dev.lockstep.connector.Change;
import java.util.ArrayList;
import java.util.List;

/** Lists of changes as bytes, described in {@code docs/formats/journal.md}. Thread-safe. */
public final class ChangeCodec {
  private ChangeCodec() {}

  /**
   * @throws IllegalArgumentException when a value is of a class that carries no type
   */
  public static byte[] encode(List<Change> changes) {
    return encoded(changes).bytes();
  }

  /**
   * @throws DamagedBytesException when the bytes are not what {@link #encode} made
   */
  public static List<Change> decode(byte[] bytes) {
    return Frame.read(
        bytes,
        in -> {
          int count = in.count();
          ChangeParser parser = new ChangeParser(in);
          List<Change> changes = new ArrayList<>(count);
          for (int i = 0; i < count; i++) {
            changes.add(parser.change());
          }
          return List.copyOf(changes);
        });
  }

  static Encoded encoded(List<Change> changes) {
    BytesOut out = new BytesOut(64 + 64 * Math.min(changes.size(), 1 << 16));
    out.varint(changes.size());
    ChangeWriter writer = new ChangeWriter(out);
    for (Change change : changes) {
      writer.change(change);
    }
    return new Encoded(Frame.close(out), out.size());
  }

  /**
   * Bytes as stored.
   *
   * @param unpacked how many bytes they were before they were deflated: what reading them costs
   */
  record Encoded(byte[] bytes, int unpacked) {}
}
