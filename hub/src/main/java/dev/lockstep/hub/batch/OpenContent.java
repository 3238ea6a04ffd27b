package dev.lockstep.hub.batch;

import dev.lockstep.hub.batch.format.Column;
import dev.lockstep.hub.batch.format.Formats;
import dev.lockstep.hub.batch.format.ItemReader;
import dev.lockstep.hub.batch.format.Packed;
import dev.lockstep.hub.file.Contents;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Function;

/** A content that is being read, and how far. Used by one thread, but for {@link #consumed}. */
final class OpenContent implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final Counting bytes;
  private final ItemReader reader;

  private OpenContent(Counting bytes, ItemReader reader) {
    this.bytes = bytes;
    this.reader = reader;
  }

  /**
   * Opens a content at its beginning.
   *
   * @param columns what the values of a table's columns are
   */
  static OpenContent of(
      Contents contents,
      Task.Content content,
      Map<String, String> parameters,
      Function<String, Column> columns)
      throws IOException {
    Counting bytes =
        new Counting(
            content.zipped()
                ? Packed.of(contents.file(content.place())).open()
                : contents.read(content.place()));
    boolean opened = false;
    try {
      OpenContent open =
          new OpenContent(
              bytes,
              Formats.read(
                  content.type(),
                  new BufferedInputStream(bytes, BUFFER),
                  parameters,
                  columns,
                  contents.scratch()));
      opened = true;
      return open;
    } finally {
      if (!opened) {
        bytes.close();
      }
    }
  }

  ItemReader reader() {
    return reader;
  }

  /** How many bytes of what was sent were taken up. */
  long consumed() {
    return bytes.count;
  }

  @Override
  public void close() throws IOException {
    try {
      reader.close();
    } finally {
      bytes.close();
    }
  }

  private static final class Counting extends FilterInputStream {
    private volatile long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      add(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] some, int from, int length) throws IOException {
      int read = in.read(some, from, length);
      add(Math.max(0, read));
      return read;
    }

    /** By the one thread that reads. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void add(int more) {
      count += more;
    }
  }
}
