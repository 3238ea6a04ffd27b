package dev.lockstep.testkit;

/**
 * What a connector may be unable to do for reasons that lie in its system. Everything else in the
 * contract is not negotiable, and roles and abilities are declared in the contract itself. A
 * behaviour named in {@link Harness#cannot} must have a reason, and the suite then expects its
 * refusal.
 */
public enum Behaviour {
  /** The harness has settings that cannot work. Waived by a connector without settings. */
  REFUSES_BAD_SETTINGS,
  /** Some field can bound a read from below. Waived: every such read is refused as permanent. */
  READS_SINCE,
  /** The harness can make a bulk read block. Waived where reading is local. */
  BLOCKED_READ,
  /** The feed reports deletions. Waived where the source forgets what it deletes. */
  REPORTS_DELETES,
  /** The feed reports every version of a record. Waived: at least the last one comes. */
  REPORTS_EVERY_VERSION,
  /** Changes by this connector's own writer carry its origin. Waived: they carry none. */
  MARKS_ORIGIN,
  /** The harness can make the source drop changes. Waived: a foreign position is still refused. */
  LOSES_POSITION,
  /** Fields that are not sent keep their value. Waived: a record with absent fields is rejected. */
  KEEPS_ABSENT,
  /** A field can be null. Waived: a record with a null is rejected. */
  HOLDS_NULL,
  /** Empty text stays empty text. Waived: a record with one is rejected. */
  HOLDS_EMPTY_TEXT,
  /**
   * A record can be one that the target will never take. Waived where the target takes anything.
   */
  REJECTS_ONE
}
