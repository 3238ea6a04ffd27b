package dev.lockstep.engine.delivery;

import dev.lockstep.engine.sync.JointProgress;

/**
 * What one lane leaves in the target's ledger: the last round that it has committed.
 *
 * <p>It says where all lanes were before that round, so the newest entry tells how far all of them
 * have come, and what is left to the others. An entry counts as long as no transaction over all
 * lanes has committed since: that one's entry is further on.
 *
 * @param from how far everything had come before the round
 * @param lanes how many lanes the round has
 * @param mark which changes of the round were this lane's; the same whenever they are read
 * @param done where the round ends, and what became of this lane's changes
 */
record LaneEntry(JointProgress from, int lanes, long mark, JointProgress done) {
  private static final String VERSION = "1";
  private static final String ANNOUNCED = "lanes=";

  /** The stored form; the texts of progress have no bar. */
  String text() {
    return String.join(
        "|", VERSION, Integer.toString(lanes), Long.toHexString(mark), from.text(), done.text());
  }

  /** Reads {@link #text} back; throws {@link IllegalArgumentException} for anything else. */
  static LaneEntry parse(String text) {
    String[] parts = text.split("\\|", -1);
    if (parts.length != 5 || !parts[0].equals(VERSION)) {
      throw new IllegalArgumentException("not the entry of a lane: '" + text + "'");
    }
    return new LaneEntry(
        JointProgress.parse(parts[3]),
        Integer.parseInt(parts[1]),
        Long.parseUnsignedLong(parts[2], 16),
        JointProgress.parse(parts[4]));
  }

  /**
   * What a transaction over all lanes leaves.
   *
   * @param lanes how many lanes there may be from here on
   */
  record Base(int lanes, JointProgress progress) {
    String text() {
      return lanes == 1 ? progress.text() : ANNOUNCED + lanes + "|" + progress.text();
    }

    static Base parse(String text) {
      int bar = text.startsWith(ANNOUNCED) ? text.indexOf('|') : -1;
      return bar < 0
          ? new Base(1, JointProgress.parse(text))
          : new Base(
              Integer.parseInt(text.substring(ANNOUNCED.length(), bar)),
              JointProgress.parse(text.substring(bar + 1)));
    }
  }
}
