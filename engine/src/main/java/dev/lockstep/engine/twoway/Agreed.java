package dev.lockstep.engine.twoway;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one record: what both ends read when they were last equal, each in its own terms,
 * so that what an end makes of a value is not taken for somebody's edit.
 *
 * @param from the image at the end named first, null where there was no record
 * @param to the image at the end named second
 * @param wroteFrom whether it is so at the first end by our write, whose change has not come back
 * @param wroteTo the same of the second end
 * @param timeFrom when the first end was last changed, as far as its changes have told
 * @param timeTo the same of the second end
 */
record Agreed(
    byte @Nullable [] from,
    byte @Nullable [] to,
    boolean wroteFrom,
    boolean wroteTo,
    Told timeFrom,
    Told timeTo) {

  static final Agreed NOTHING = new Agreed(null, null, false, false, Told.NOTHING, Told.NOTHING);

  /**
   * A time that a change told.
   *
   * @param image sums up what the record held by that change, so that the time is not taken for
   *     that of another
   */
  record Told(long image, @Nullable Instant at) {
    static final Told NOTHING = new Told(0, null);

    Optional<Instant> of(byte @Nullable [] present) {
      return image == sum(present) ? Optional.ofNullable(at) : Optional.empty();
    }
  }

  static long sum(byte @Nullable [] image) {
    long sum = 7;
    for (int i = 0; image != null && i < image.length; i++) {
      sum = sum * 0x100000001b3L + image[i];
    }
    return image == null ? 1 : sum;
  }

  byte @Nullable [] image(End end) {
    return end == End.FROM ? from : to;
  }

  boolean wrote(End end) {
    return end == End.FROM ? wroteFrom : wroteTo;
  }

  Told told(End end) {
    return end == End.FROM ? timeFrom : timeTo;
  }

  boolean is(End end, byte @Nullable [] image) {
    return Arrays.equals(image(end), image);
  }

  /** After the change that our write caused at an end has come back. */
  Agreed heard(End end) {
    return end == End.FROM
        ? new Agreed(from, to, false, wroteTo, timeFrom, timeTo)
        : new Agreed(from, to, wroteFrom, false, timeFrom, timeTo);
  }

  Agreed told(End end, Told told) {
    return end == End.FROM
        ? new Agreed(from, to, wroteFrom, wroteTo, told, timeTo)
        : new Agreed(from, to, wroteFrom, wroteTo, timeFrom, told);
  }

  /** Whether nothing need be kept: there is no record at either end, and no change to come. */
  boolean isNothing() {
    return from == null
        && to == null
        && !wroteFrom
        && !wroteTo
        && timeFrom.at() == null
        && timeTo.at() == null;
  }

  // Arrays are compared by what they hold.
  @Override
  public boolean equals(Object other) {
    return other instanceof Agreed that
        && Arrays.equals(from, that.from)
        && Arrays.equals(to, that.to)
        && wroteFrom == that.wroteFrom
        && wroteTo == that.wroteTo
        && timeFrom.equals(that.timeFrom)
        && timeTo.equals(that.timeTo);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(from) * 31 + Arrays.hashCode(to);
  }

  @Override
  public String toString() {
    return "agreed " + sum(from) + " " + sum(to);
  }
}
