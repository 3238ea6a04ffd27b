package dev.lockstep.connectors.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an answer to a write means. */
enum Verdict {
  /** It is so now. */
  APPLIED,
  /** It was so already. */
  UNCHANGED,
  /** The record will never be taken as it is. */
  REJECT,
  /** This record cannot be taken now, others can. */
  RETRY,
  /** The system cannot take anything now. */
  BUSY,
  /** A person must change the settings or the privileges. */
  STOP;

  static List<String> words() {
    return Arrays.stream(values()).map(Verdict::word).toList();
  }

  static Verdict of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
