package dev.lockstep.hub;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes external reference codes: UUIDs of version 7, whose order is that of their making. */
final class EntryCode {
  private EntryCode() {}

  static String make(Instant now, RandomGenerator random) {
    long time = now.toEpochMilli() << 16;
    long high = time | 0x7000L | (random.nextLong() & 0x0FFFL);
    long low = 0x8000_0000_0000_0000L | (random.nextLong() >>> 2);
    return new UUID(high, low).toString();
  }
}
