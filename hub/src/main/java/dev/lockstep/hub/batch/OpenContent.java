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
import java.util.Optional;
import java.util.function.Function;

/** A content that is being read, and how far. Used by one thread. */
final class OpenContent implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final Counting bytes;
  private final ItemReader reader;
  private final long sent;
  private final long unpacked;

  /**
   * @param sent how many bytes were sent
   * @param unpacked how many these are unpacked; 0 where that is not known
   */
  private OpenContent(Counting bytes, ItemReader reader, long sent, long unpacked) {
    this.bytes = bytes;
    this.reader = reader;
    this.sent = sent;
    this.unpacked = unpacked;
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
    Optional<Packed> packed =
        content.zipped()
            ? Optional.of(Packed.of(contents.file(content.place())))
            : Optional.empty();
    Counting bytes =
        new Counting(packed.isPresent() ? packed.get().open() : contents.read(content.place()));
    boolean opened = false;
    try {
      ItemReader reader =
          Formats.read(
              content.type(),
              new BufferedInputStream(bytes, BUFFER),
              parameters,
              columns,
              contents.scratch());
      OpenContent open =
          new OpenContent(
              bytes,
              reader,
              content.bytes(),
              packed.isPresent() ? packed.get().size() : content.bytes());
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

  /** How many bytes were taken up, unpacked: what the size of items goes by. */
  long read() {
    return reader.reach().map(ItemReader.Reach::read).orElse(bytes.count);
  }

  /** How much of what was sent this is, in its bytes: what people are told. */
  long consumed() {
    long total = reader.reach().map(ItemReader.Reach::total).orElse(unpacked);
    return total == 0 ? 0 : Math.min(sent, (long) ((double) read() / total * sent));
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
