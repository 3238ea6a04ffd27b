package dev.lockstep.engine.twoway;

import java.util.Locale;

/** One end of a two-way sync. */
public enum End {
  /** The one that the sync names first. */
  FROM,
  /** The one that it names second. */
  TO;

  public End other() {
    return this == FROM ? TO : FROM;
  }

  /** As people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
