package dev.lockstep.connector;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the names of types. */
final class TypeLabel {
  private static final Pattern SIZED =
      Pattern.compile("(decimal|text)\\((\\d{1,9})(?:\\s*,\\s*(\\d{1,9}))?\\)");

  private TypeLabel() {}

  static Type parse(String label) {
    String name = label.strip();
    if (name.startsWith("list(") && name.endsWith(")")) {
      return new Type.ListOf(parse(name.substring(5, name.length() - 1)));
    }
    Matcher sized = SIZED.matcher(name);
    return sized.matches() ? sized(label, sized) : plain(name);
  }

  private static Type sized(String label, Matcher sized) {
    int first = Integer.parseInt(sized.group(2));
    if (sized.group(1).equals("decimal")) {
      return new Type.Decimal(first, sized.group(3) == null ? 0 : Integer.parseInt(sized.group(3)));
    }
    if (sized.group(3) != null) {
      throw unknown(label);
    }
    return new Type.Text(first);
  }

  private static Type plain(String name) {
    return switch (name) {
      case "bool" -> new Type.Bool();
      case "int" -> new Type.Int();
      case "float" -> new Type.Float();
      case "decimal" -> Type.Decimal.unlimited();
      case "text" -> Type.Text.unlimited();
      case "bytes" -> new Type.Bytes();
      case "date" -> new Type.Date();
      case "time" -> new Type.Time();
      case "datetime" -> new Type.DateTime();
      case "timestamp" -> new Type.Timestamp();
      case "json" -> new Type.Json();
      case "any" -> new Type.Any();
      default -> throw unknown(name);
    };
  }

  private static IllegalArgumentException unknown(String label) {
    return new IllegalArgumentException(
        "unknown type '"
            + label
            + "'; write one of bool, int, float, decimal, decimal(p,s), text, text(n), bytes, date,"
            + " time, datetime, timestamp, json, any, list(T)");
  }
}
