package dev.lockstep.hub.batch.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What comes out of a compressed content, as long as it is not out of all proportion. */
final class Bounded extends FilterInputStream {
  /** Below this no proportion is looked at. */
  private static final long SMALL = 64L << 20;

  /** Texts are compressed to a tenth or a fiftieth; what is far beyond was made to hurt. */
  private static final long MOST_RATIO = 300;

  private final String name;
  private final long compressed;
  private final long most;
  private long expanded;

  /**
   * @param compressed how many bytes it takes packed
   * @param most how many bytes may come out
   */
  Bounded(InputStream in, String name, long compressed, long most) {
    super(in);
    this.name = name;
    this.compressed = compressed;
    this.most = most;
  }

  /** How many bytes came out so far. */
  long expanded() {
    return expanded;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      count(1);
    }
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    count(skipped);
    return skipped;
  }

  private void count(long read) throws IOException {
    expanded += read;
    if (expanded > most) {
      throw new ContentDamaged(
          "'" + name + "' has more than " + most + " bytes unpacked; send it in smaller files");
    }
    if (expanded > SMALL && expanded / MOST_RATIO > compressed) {
      throw new ContentDamaged(
          "'"
              + name
              + "' unpacks to more than "
              + MOST_RATIO
              + " times its size, as archives do that are made to fill disks; send it unpacked");
    }
  }
}
