package dev.lockstep.hub.batch.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many texts by their number, in files, of which some blocks are in memory: files tend to use their
 * texts in the order in which they list them.
 */
final class SpilledTexts implements AutoCloseable {
  private static final int BLOCK = 64 << 10;
  private static final int BLOCKS = 64;

  private final Spill texts;
  private final Spill ends;
  private long count;

  SpilledTexts(Path folder) throws IOException {
    this.texts = new Spill(folder);
    try {
      this.ends = new Spill(folder);
    } catch (IOException failed) {
      texts.close();
      throw failed;
    }
  }

  void add(String text) throws IOException {
    texts.write(text.getBytes(StandardCharsets.UTF_8));
    ends.write(ByteBuffer.allocate(Long.BYTES).putLong(texts.length).array());
    count++;
  }

  /** How many bytes the texts take. */
  long bytes() {
    return texts.length;
  }

  @Nullable String get(long number) throws IOException {
    if (number < 0 || number >= count) {
      return null;
    }
    long from = number == 0 ? 0 : end(number - 1);
    byte[] bytes = texts.read(from, (int) (end(number) - from));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private long end(long number) throws IOException {
    return ByteBuffer.wrap(ends.read(number * Long.BYTES, Long.BYTES)).getLong();
  }

  @Override
  public void close() throws IOException {
    try (texts) {
      ends.close();
    }
  }

  /** A file that is written first, and then read here and there. */
  private static final class Spill implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final OutputStream out;
    private final Map<Long, byte[]> blocks =
        new LinkedHashMap<>(BLOCKS, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > BLOCKS;
          }
        };
    private long length;
    private boolean written;

    Spill(Path folder) throws IOException {
      this.file = Files.createTempFile(folder, "texts-", ".tmp");
      this.channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      this.out =
          new BufferedOutputStream(java.nio.channels.Channels.newOutputStream(channel), BLOCK);
    }

    void write(byte[] bytes) throws IOException {
      out.write(bytes);
      length += bytes.length;
    }

    byte[] read(long from, int count) throws IOException {
      if (!written) {
        out.flush();
        written = true;
      }
      byte[] bytes = new byte[count];
      int done = 0;
      while (done < count) {
        long at = from + done;
        byte[] block = block(at / BLOCK);
        int offset = (int) (at % BLOCK);
        int some = Math.min(count - done, block.length - offset);
        System.arraycopy(block, offset, bytes, done, some);
        done += some;
      }
      return bytes;
    }

    private byte[] block(long number) throws IOException {
      byte[] known = blocks.get(number);
      if (known == null) {
        known = new byte[(int) Math.min(BLOCK, length - number * BLOCK)];
        ByteBuffer buffer = ByteBuffer.wrap(known);
        long at = number * BLOCK;
        while (buffer.hasRemaining()) {
          int read = channel.read(buffer, at + buffer.position());
          if (read < 0) {
            throw new IOException(file + " was cut short by another program");
          }
        }
        blocks.put(number, known);
      }
      return known;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
