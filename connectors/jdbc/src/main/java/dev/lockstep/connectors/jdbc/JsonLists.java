package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.JsonText;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists as JSON arrays, for products without arrays. */
final class JsonLists {
  private JsonLists() {}

  static String print(List<?> list) {
    return list.stream().map(JsonLists::value).collect(Collectors.joining(",", "[", "]"));
  }

  private static String value(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Boolean flag -> flag.toString();
      case Long number -> number.toString();
      case BigDecimal number -> number.toPlainString();
      case Double number when Double.isFinite(number) -> number.toString();
      case JsonText json -> json.text();
      case List<?> list -> print(list);
      default -> quoted(Values.print(value));
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
