package dev.lockstep.engine.mapping;

import com.google.common.base.Ascii;
import java.util.Optional;

/** The functions that a {@link CelShortcut} knows; each answers as CEL does, or is unsure. */
final class CelShortcutCalls {
  private CelShortcutCalls() {}

  /** A function of one value. */
  interface One {
    Object of(Object value);
  }

  /** A function of two values. */
  interface Two {
    Object of(Object a, Object b);
  }

  /** A function of a text. */
  private interface OfText {
    String of(String text);
  }

  /** A function of two whole numbers. */
  private interface OfLongs {
    Object of(long a, long b);
  }

  static Optional<One> one(String function) {
    return switch (function) {
      case "trim" -> text(CelShortcutCalls::trimmed);
      case "lowerAscii" -> text(Ascii::toLowerCase);
      case "upperAscii" -> text(Ascii::toUpperCase);
      case "!_" -> Optional.of(a -> a instanceof Boolean met ? !met : CelShortcut.UNSURE);
      default -> Optional.empty();
    };
  }

  static Optional<Two> two(String function) {
    return switch (function) {
      case "_==_" -> Optional.of(Object::equals);
      case "_!=_" -> Optional.of((a, b) -> !a.equals(b));
      case "_+_" -> Optional.of(CelShortcutCalls::sum);
      case "_-_" ->
          longs((a, b) -> overflows(a, -b) || b == Long.MIN_VALUE ? CelShortcut.UNSURE : a - b);
      case "_*_" ->
          longs((a, b) -> Math.multiplyHigh(a, b) == (a * b) >> 63 ? a * b : CelShortcut.UNSURE);
      case "_/_" -> longs((a, b) -> b == 0 || b == -1 ? CelShortcut.UNSURE : a / b);
      case "_%_" -> longs((a, b) -> b == 0 || b == -1 ? CelShortcut.UNSURE : a % b);
      case "_<_" -> longs((a, b) -> a < b);
      case "_<=_" -> longs((a, b) -> a <= b);
      case "_>_" -> longs((a, b) -> a > b);
      case "_>=_" -> longs((a, b) -> a >= b);
      default -> Optional.empty();
    };
  }

  private static Optional<One> text(OfText function) {
    return Optional.of(a -> a instanceof String text ? function.of(text) : CelShortcut.UNSURE);
  }

  private static Optional<Two> longs(OfLongs function) {
    return Optional.of((a, b) ->
        a instanceof Long one && b instanceof Long other
            ? function.of(one, other)
            : CelShortcut.UNSURE);
  }

  private static Object sum(Object a, Object b) {
    if (a instanceof String one && b instanceof String other) {
      return one + other;
    }
    return a instanceof Long one && b instanceof Long other && !overflows(one, other)
        ? (Object) (one + other)
        : CelShortcut.UNSURE;
  }

  private static boolean overflows(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0;
  }

  /** All blanks that CEL knows are single characters. */
  private static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    if (c < 0x85) {
      return c == ' ' || (c >= '\t' && c <= '\r');
    }
    return switch (c) {
      case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
      default -> c >= 0x2000 && c <= 0x200A;
    };
  }
}
