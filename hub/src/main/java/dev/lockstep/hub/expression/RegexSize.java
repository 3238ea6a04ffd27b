package dev.lockstep.hub.expression;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates a regular expression before it is compiled: {@code (a{1000}){1000}} would be written
 * out a million times. Refuses on the way what means one thing in Java, for which Liferay's
 * expressions are written, and another in RE2.
 */
final class RegexSize {
  private static final long MOST = 5_000;
  private static final int MOST_DEPTH = 100;

  private final String regex;
  private final Deque<Long> outer = new ArrayDeque<>();
  private int at;
  private long total;
  private long last;

  private RegexSize(String regex) {
    this.regex = regex;
  }

  static long of(String regex) throws Unfit {
    return new RegexSize(regex).size();
  }

  private long size() throws Unfit {
    while (at < regex.length()) {
      char c = regex.charAt(at++);
      switch (c) {
        case '\\' -> escape();
        case '[' -> characterClass();
        case '(' -> open();
        case ')' -> close();
        case '{' -> repeat();
        case '*', '+', '?' -> {}
        default -> atom(1);
      }
      if (total > MOST || outer.size() > MOST_DEPTH) {
        throw new Unfit("the regular expression is too large", "make it shorter, or repeat less");
      }
    }
    return Math.max(1, total);
  }

  private void atom(long size) {
    last = size;
    total += size;
  }

  private void open() {
    outer.push(total);
    total = 0;
    last = 0;
  }

  private void close() {
    if (!outer.isEmpty()) {
      long group = Math.max(1, total);
      total = outer.pop();
      atom(group);
    }
  }

  private void escape() {
    if (at < regex.length() && regex.charAt(at) == 'Q') {
      int end = regex.indexOf("\\E", at);
      int stop = end < 0 ? regex.length() : end;
      atom(stop - at);
      at = end < 0 ? stop : end + 2;
      return;
    }
    boolean braced =
        at + 1 < regex.length()
            && "pPx".indexOf(regex.charAt(at)) >= 0
            && regex.charAt(at + 1) == '{';
    int end = braced ? regex.indexOf('}', at) : at;
    at = end < 0 ? regex.length() : end + 1;
    atom(1);
  }

  private void characterClass() throws Unfit {
    if (at < regex.length() && regex.charAt(at) == '^') {
      at++;
    }
    boolean first = true;
    while (at < regex.length() && (first || regex.charAt(at) != ']')) {
      refuseJavasOwn();
      at += regex.charAt(at) == '\\' ? 2 : 1;
      first = false;
    }
    at++;
    atom(1);
  }

  private void refuseJavasOwn() throws Unfit {
    char c = regex.charAt(at);
    if (c == '[' || regex.startsWith("&&", at)) {
      throw new Unfit(
          "a class of characters holds '" + (c == '[' ? "[" : "&&") + "'",
          "list the characters one by one, and write \\[ for a bracket");
    }
  }

  private void repeat() {
    int end = regex.indexOf('}', at);
    String[] bounds = end < 0 ? new String[0] : regex.substring(at, end).split(",", 2);
    long times = 0;
    for (String bound : bounds) {
      times = Math.max(times, digits(bound));
    }
    if (times == 0) {
      atom(1);
      return;
    }
    at = end + 1;
    total += last * (times - 1);
    last *= times;
  }

  /** 0 for what is no number. */
  private static long digits(String text) {
    boolean number = !text.isEmpty() && text.length() < 6;
    for (int i = 0; i < text.length() && number; i++) {
      number = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return number ? Long.parseLong(text) : 0;
  }
}
