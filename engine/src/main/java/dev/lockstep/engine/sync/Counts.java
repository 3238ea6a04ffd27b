package dev.lockstep.engine.sync;

/**
 * What became of the changes of one sync.
 *
 * <p>Invariant 5: {@code captured = applied + unchanged + superseded + filtered + dead + echoes +
 * waiting}. {@code waiting} is therefore never counted up by itself; it is what is left.
 *
 * @param dead changes that stand as dead letters or were discarded from there by a person; one that
 *     is replayed with success moves to {@code applied}
 * @param echoes changes that only said what we had written ourselves, in two-way syncs
 */
public record Counts(
    long captured,
    long applied,
    long unchanged,
    long superseded,
    long filtered,
    long dead,
    long echoes) {

  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

  /** Without echoes. */
  public Counts(
      long captured, long applied, long unchanged, long superseded, long filtered, long dead) {
    this(captured, applied, unchanged, superseded, filtered, dead, 0);
  }

  public Counts {
    if (applied < 0 || unchanged < 0 || superseded < 0 || filtered < 0 || dead < 0 || echoes < 0) {
      throw new IllegalArgumentException("a negative count");
    }
    if (captured < applied + unchanged + superseded + filtered + dead + echoes) {
      throw new IllegalArgumentException("more changes settled than captured: " + captured);
    }
  }

  /** Captured and not settled yet: in the journal, in flight, or parked. */
  public long waiting() {
    return captured - settled();
  }

  /** The same settled counts beside another number of captured changes. */
  public Counts capturing(long captures) {
    return new Counts(captures, applied, unchanged, superseded, filtered, dead, echoes);
  }

  public long settled() {
    return applied + unchanged + superseded + filtered + dead + echoes;
  }

  public Counts plus(Counts other) {
    return new Counts(
        captured + other.captured,
        applied + other.applied,
        unchanged + other.unchanged,
        superseded + other.superseded,
        filtered + other.filtered,
        dead + other.dead,
        echoes + other.echoes);
  }
}
