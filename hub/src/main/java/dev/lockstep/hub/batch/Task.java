package dev.lockstep.hub.batch;

import dev.lockstep.hub.batch.format.ContentType;
import java.time.Instant;
import java.util.Optional;

/**
 * An import: what was asked for, and how far it is.
 *
 * @param code its external reference code
 * @param error why it failed; empty otherwise
 * @param cancelled whether somebody ended it
 */
public record Task(
    long id,
    String code,
    Order order,
    Content content,
    Asker asker,
    Status status,
    Counts counts,
    String error,
    boolean cancelled,
    Instant created,
    Optional<Instant> started,
    Optional<Instant> ended) {

  /** Liferay's words. */
  public enum Status {
    INITIAL,
    STARTED,
    COMPLETED,
    FAILED;

    public boolean isOver() {
      return this == COMPLETED || this == FAILED;
    }
  }

  /**
   * What was sent.
   *
   * @param place where it is kept
   * @param file how the sender calls it
   * @param zipped whether it came as a zip archive
   */
  public record Content(
      ContentType type, String place, String file, boolean zipped, long bytes, String digest) {}

  /**
   * Invariant 5: read = created + updated + deleted + unchanged + failed + waiting.
   *
   * @param read how many items were taken from the content
   * @param total how many it holds; 0 while that is not known
   * @param waiting those that refer to what is not there yet
   * @param consumed how many bytes of the content were read
   * @param whole whether all of it was read
   */
  public record Counts(
      long read,
      long total,
      long created,
      long updated,
      long deleted,
      long unchanged,
      long failed,
      long waiting,
      long consumed,
      boolean whole) {

    /** How many items are settled. */
    public long processed() {
      return read - waiting;
    }
  }

  /** How far it is, and how fast. */
  public Pace pace(Instant now) {
    return Pace.of(percent(), counts.processed(), started, ended, now);
  }

  private double percent() {
    if (status == Status.COMPLETED) {
      return 100;
    }
    if (counts.total() > 0) {
      return 100.0 * counts.processed() / counts.total();
    }
    return content.bytes() == 0 ? 0 : Math.min(100, 100.0 * counts.consumed() / content.bytes());
  }
}
