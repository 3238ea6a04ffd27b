package dev.lockstep.engine.mapping;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

record ToText(Type.Text target) implements Converter {
  private static final int PLAIN_DIGITS = 1_000;

  @Override
  public @Nullable Object convert(Object value) {
    String text =
        switch (value) {
          case String string -> string;
          case JsonText json -> json.text();
          case BigDecimal number -> number(number);
          case LocalTime time -> TimeText.of(time);
          case LocalDateTime time -> TimeText.of(time);
          case Long number -> number.toString();
          case Double number -> number.toString();
          case Boolean bool -> bool.toString();
          case LocalDate date -> date.toString();
          case Instant instant -> instant.toString();
          case Special special -> special.text();
          default -> throw Unfit.value(value, target, "write an expression that makes text of it");
        };
    return fit(text);
  }

  static String number(BigDecimal number) {
    return Math.abs((long) number.scale()) > PLAIN_DIGITS
        ? number.toString()
        : number.toPlainString();
  }

  private String fit(String text) {
    int most = target.maxLength();
    // The count of UTF-16 units bounds that of code points, so that most texts are not counted.
    if (most == 0 || text.length() <= most || text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    throw Unfit.value(
        text,
        target,
        "it has "
            + text.codePointCount(0, text.length())
            + " characters: shorten it, or widen the"
            + " target's field");
  }
}
