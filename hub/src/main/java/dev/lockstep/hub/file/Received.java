package dev.lockstep.hub.file;

import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A content on its way in: a file without a name, which goes with {@link #close} unless it was
 * kept. Owned by one thread.
 */
public final class Received extends OutputStream {
  private final Path file;
  private final FileChannel channel;
  private final MessageDigest digest;
  private final long most;
  private long bytes;

  Received(Path file, long most) {
    this.file = file;
    this.most = most;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
      this.channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new StoreException("a file cannot be written: " + e, e);
    }
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  /**
   * Takes more of the content.
   *
   * @throws FileRefused when it is longer than it may be
   * @throws StoreException when the disk does not take it
   */
  @Override
  public void write(byte[] some, int from, int length) {
    bytes += length;
    if (bytes > most) {
      throw new FileRefused(
          FileRefused.Kind.TOO_LARGE,
          "the file is longer than " + most + " bytes",
          "send a smaller one");
    }
    digest.update(some, from, length);
    ByteBuffer left = ByteBuffer.wrap(some, from, length);
    try {
      while (left.hasRemaining()) {
        channel.write(left);
      }
    } catch (IOException e) {
      throw new StoreException("a file cannot be written: " + e, e);
    }
  }

  long bytes() {
    return bytes;
  }

  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The file, once all of it is durable; nothing can be added then. */
  Path settled() throws IOException {
    channel.force(true);
    channel.close();
    return file;
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What is left is swept away at the next start.
      System.getLogger(Received.class.getName())
          .log(System.Logger.Level.DEBUG, "a file that was not kept is left", e);
    }
  }
}
