package dev.lockstep.hub.batch.export;

import java.time.Duration;

/**
 * Bounds of exports.
 *
 * @param atOnce how many are carried out at the same time
 * @param retention how long an export and its file are kept
 * @param betweenNotes how often a file is made durable while it grows
 */
public record ExportSettings(int atOnce, Duration retention, Duration betweenNotes) {
  public static final ExportSettings DEFAULT =
      new ExportSettings(2, Duration.ofDays(14), Duration.ofSeconds(1));
}
