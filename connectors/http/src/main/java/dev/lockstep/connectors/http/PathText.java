package dev.lockstep.connectors.http;

import dev.lockstep.connector.Row;
import java.math.BigDecimal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A value as it stands in a path or a query. */
final class PathText {
  private PathText() {}

  /** Null for what has no value there. */
  static @Nullable String of(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      // Not plain: a scale of a billion would make a text of a billion letters.
      case BigDecimal number ->
          Math.abs((long) number.scale()) > 100 ? number.toString() : number.toPlainString();
      case byte[] bytes -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      default -> value == Row.ABSENT ? null : value.toString();
    };
  }
}
