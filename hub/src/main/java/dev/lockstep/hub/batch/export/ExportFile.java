package dev.lockstep.hub.batch.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file that grows, and of which it is known how much is durable. Used by one thread. */
final class ExportFile extends OutputStream {
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(256 << 10);

  ExportFile(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public void write(int one) throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.put((byte) one);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int some = Math.min(left, buffer.remaining());
      buffer.put(bytes, from, some);
      from += some;
      left -= some;
    }
  }

  @Override
  public void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /** Makes all that was written durable; answers how long the file is. */
  long sync() throws IOException {
    flush();
    channel.force(true);
    return channel.position();
  }

  /** What was not synced may be lost. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
