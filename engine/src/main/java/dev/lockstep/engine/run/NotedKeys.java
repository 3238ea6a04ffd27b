package dev.lockstep.engine.run;

import dev.lockstep.connector.Key;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The digests of keys seen by a dry run, in a temporary file: its store is not written to, and what
 * it sees may be more than memory holds. Used by one thread.
 */
final class NotedKeys implements FindGone.Seen, AutoCloseable {
  private static final int READ_AT_ONCE = SeenKeys.WIDTH * 4096;

  private final Path file;
  private final OutputStream out;
  private long count;

  private NotedKeys(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  static NotedKeys create() {
    try {
      Path file = Files.createTempFile("lockstep-dry-run", ".keys");
      return new NotedKeys(file, new BufferedOutputStream(Files.newOutputStream(file)));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(
        "a dry run of a mirror notes keys in a temporary file, which failed; see that "
            + System.getProperty("java.io.tmpdir")
            + " can be written to and has room",
        e);
  }

  void note(Key key) {
    try {
      out.write(SeenKeys.digest(key));
      count++;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public void each(Consumer<byte[]> digests) {
    try {
      out.flush();
      try (InputStream in = Files.newInputStream(file)) {
        for (byte[] some = in.readNBytes(READ_AT_ONCE);
            some.length > 0;
            some = in.readNBytes(READ_AT_ONCE)) {
          digests.accept(some);
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
