package dev.lockstep.engine.journal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Deflates and inflates whole arrays. A few engines are kept, because making one costs more than a
 * small batch.
 */
final class Deflation {
  private static final int KEPT = 4;

  /** Deflate cannot shrink further than 1 : 1032. */
  private static final int LARGEST_RATIO = 1032;

  private static final ArrayBlockingQueue<Deflater> DEFLATERS = new ArrayBlockingQueue<>(KEPT);
  private static final ArrayBlockingQueue<Inflater> INFLATERS = new ArrayBlockingQueue<>(KEPT);

  private Deflation() {}

  /** Appends the deflated bytes; false when they would be more than {@code atMost}. */
  static boolean deflate(byte[] bytes, int size, BytesOut out, int atMost) {
    Deflater kept = DEFLATERS.poll();
    Deflater deflater = kept == null ? new Deflater(Deflater.BEST_SPEED, true) : kept;
    try {
      deflater.setInput(bytes, 0, size);
      deflater.finish();
      byte[] buffer = new byte[atMost];
      int length = deflater.deflate(buffer);
      boolean done = deflater.finished();
      if (done) {
        out.raw(buffer, length);
      }
      return done;
    } finally {
      deflater.reset();
      if (!DEFLATERS.offer(deflater)) {
        deflater.end();
      }
    }
  }

  static byte[] inflate(byte[] deflated, long size) {
    if (size < 0 || size > (long) LARGEST_RATIO * deflated.length + LARGEST_RATIO) {
      throw new DamagedBytesException("damaged: " + deflated.length + " bytes cannot hold " + size);
    }
    Inflater kept = INFLATERS.poll();
    Inflater inflater = kept == null ? new Inflater(true) : kept;
    try {
      inflater.setInput(deflated);
      byte[] bytes = new byte[Math.toIntExact(size)];
      if (fill(inflater, bytes) != size || !inflater.finished()) {
        throw new DamagedBytesException("damaged: the deflated bytes end early or late");
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new DamagedBytesException("damaged: it cannot be inflated: " + e.getMessage());
    } finally {
      inflater.reset();
      if (!INFLATERS.offer(inflater)) {
        inflater.end();
      }
    }
  }

  private static int fill(Inflater inflater, byte[] bytes) throws DataFormatException {
    int filled = 0;
    while (!inflater.finished()) {
      int count = inflater.inflate(bytes, filled, bytes.length - filled);
      if (count == 0) {
        break;
      }
      filled += count;
    }
    return filled;
  }
}
