package dev.lockstep.server.page;

import java.util.Locale;

/** How something is coloured; a word beside it says the same. */
public enum Tone {
  GOOD,
  WARN,
  BAD,
  CALM;

  /** The style's name. */
  public String css() {
    return name().toLowerCase(Locale.ROOT);
  }
}
