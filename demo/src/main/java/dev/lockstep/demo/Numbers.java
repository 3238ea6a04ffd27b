package dev.lockstep.demo;

import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {
  private Numbers() {}

  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
