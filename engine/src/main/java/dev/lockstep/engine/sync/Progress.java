package dev.lockstep.engine.sync;

/**
 * How far a reader of one source came, and what became of all it read until there. Stored as one
 * text, so that a target can keep it in the transaction that makes it true.
 *
 * @param position where to go on: a journal sequence for changes, a connector's position for a
 *     partition of a run; empty before the first page
 * @param counts {@code captured} is what was read; what is neither settled here nor dead is parked
 */
public record Progress(String position, Counts counts) {
  private static final String VERSION = "1";
  private static final String WITH_ECHOES = "2";

  public static final Progress START = new Progress("", Counts.NONE);

  /**
   * The stored form: a version, the counts and the position, separated by blanks; six counts, or
   * seven where there are echoes.
   */
  public String text() {
    return String.join(
        " ",
        counts.echoes() == 0 ? VERSION : WITH_ECHOES + " " + counts.echoes(),
        Long.toString(counts.captured()),
        Long.toString(counts.applied()),
        Long.toString(counts.unchanged()),
        Long.toString(counts.superseded()),
        Long.toString(counts.filtered()),
        Long.toString(counts.dead()),
        position);
  }

  /** Reads {@link #text} back; throws {@link IllegalArgumentException} for anything else. */
  public static Progress parse(String text) {
    boolean echoes = text.startsWith(WITH_ECHOES + " ");
    int first = echoes ? 2 : 1;
    String[] parts = text.split(" ", first + 7);
    if (parts.length != first + 7 || !(echoes || parts[0].equals(VERSION))) {
      throw new IllegalArgumentException("not a stored progress: '" + text + "'");
    }
    long[] n = new long[6];
    for (int i = 0; i < 6; i++) {
      n[i] = Long.parseLong(parts[i + first]);
    }
    long own = echoes ? Long.parseLong(parts[1]) : 0;
    return new Progress(parts[first + 6], new Counts(n[0], n[1], n[2], n[3], n[4], n[5], own));
  }

  public Progress advance(String to, Counts more) {
    return new Progress(to, counts.plus(more));
  }
}
