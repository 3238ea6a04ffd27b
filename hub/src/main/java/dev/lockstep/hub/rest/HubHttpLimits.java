package dev.lockstep.hub.rest;

/**
 * What one request may cost.
 *
 * @param entryBytes the largest body of a request for one entry
 * @param batchBytes the largest body of a batch
 */
public record HubHttpLimits(long entryBytes, long batchBytes) {
  public static final HubHttpLimits DEFAULT = new HubHttpLimits(1L << 20, 16L << 20);

  public HubHttpLimits {
    if (entryBytes < 1 || batchBytes < 1) {
      throw new IllegalArgumentException(
          "entryBytes " + entryBytes + ", batchBytes " + batchBytes + "; write 1 or more");
    }
  }
}
