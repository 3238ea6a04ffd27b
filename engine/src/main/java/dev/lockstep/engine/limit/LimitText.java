package dev.lockstep.engine.limit;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 10000/day}: a number, a stroke, a unit of time. */
record LimitText(BigDecimal number, Duration unit) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*/\\s*([a-z]+)");

  static LimitText parse(String what, String text, String remedy) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new UnrecognizableLimit(what, text, "it is not a number per unit of time", remedy);
    }
    Duration unit =
        unit(form.group(2))
            .orElseThrow(() ->
                new UnrecognizableLimit(
                    what, text, "the unit '" + form.group(2) + "' is unknown", remedy));
    BigDecimal number = new BigDecimal(form.group(1));
    if (number.signum() == 0) {
      throw new UnrecognizableLimit(what, text, "it allows nothing", remedy);
    }
    return new LimitText(number, unit);
  }

  private static Optional<Duration> unit(String name) {
    return switch (name) {
      case "s", "sec", "second" -> Optional.of(Duration.ofSeconds(1));
      case "m", "min", "minute" -> Optional.of(Duration.ofMinutes(1));
      case "h", "hour" -> Optional.of(Duration.ofHours(1));
      case "d", "day" -> Optional.of(Duration.ofDays(1));
      default -> Optional.empty();
    };
  }

  boolean isWhole() {
    return number.stripTrailingZeros().scale() <= 0;
  }

  double perSecond() {
    return number.doubleValue() / unit.toSeconds();
  }
}
