package dev.lockstep.engine.journal;

/** The first byte of a value. Part of format version 1: never changed, only added to. */
final class Tag {
  static final int NULL = 0;
  static final int ABSENT = 1;
  static final int FALSE = 2;
  static final int TRUE = 3;
  static final int LONG = 4;
  static final int DOUBLE = 5;

  /** A decimal whose digits fit a long. */
  static final int DECIMAL = 6;

  static final int BIG_DECIMAL = 7;
  static final int TEXT = 8;
  static final int BYTES = 9;
  static final int DATE = 10;
  static final int TIME = 11;
  static final int DATE_TIME = 12;
  static final int TIMESTAMP = 13;
  static final int JSON = 14;
  static final int LIST = 15;

  /** Text that UTF-8 cannot hold, with half a surrogate pair, as its UTF-16 units. */
  static final int BROKEN_TEXT = 16;

  /** A value that no carrier holds, as its source's text. */
  static final int SPECIAL = 17;

  /** {@code SMALL_LONG + n} is the number n, for n below {@link #SMALL}. */
  static final int SMALL_LONG = 64;

  /** {@code SHORT_TEXT + n} is text of n bytes, for n below {@link #SMALL}. */
  static final int SHORT_TEXT = 128;

  static final int SMALL = 64;

  /** Lists within lists; no real source comes near, damaged bytes might. */
  static final int DEEPEST = 64;

  private Tag() {}
}
