package dev.lockstep.testkit;

import dev.lockstep.connector.ConnectorSpec;
import dev.lockstep.connector.Secret;
import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.connector.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes {@link Settings} for a test as the configuration would: every value brought to its form,
 * defaults filled in, and {@link IllegalArgumentException} for what does not fit.
 */
public final class TestSettings {
  private static final Pattern PERIOD = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  private TestSettings() {}

  /**
   * Values are texts, numbers, booleans, {@code List}s and {@code Map}s, as a YAML reader gives
   * them.
   */
  public static Settings of(ConnectorSpec spec, Map<String, ?> values) {
    return section("", spec.settings(), values);
  }

  private static Settings section(String path, List<Setting> settings, Map<?, ?> values) {
    Map<String, Object> read = new LinkedHashMap<>();
    for (Setting setting : settings) {
      String place = path + setting.name();
      Object value = values.get(setting.name());
      if (value == null && setting.required()) {
        throw new IllegalArgumentException(place + " is required");
      }
      if (value == null) {
        value = setting.fallback().orElse(null);
      }
      if (value != null) {
        read.put(setting.name(), read(place, setting.form(), value));
      }
    }
    for (Object name : values.keySet()) {
      if (settings.stream().noneMatch(setting -> setting.name().equals(name))) {
        throw new IllegalArgumentException("there is no setting " + path + name);
      }
    }
    return new Settings(read);
  }

  static Object read(String place, Form form, Object value) {
    return switch (form) {
      case Form.Text() -> text(place, value);
      case Form.Hidden() -> new Secret(text(place, value));
      case Form.Whole(long min, long max) -> whole(place, text(place, value), min, max);
      case Form.Flag() -> flag(place, text(place, value));
      case Form.Period() -> period(place, text(place, value));
      case Form.Choice(List<String> words) ->
          need(words.contains(text(place, value)), place, value);
      case Form.Pattern(String regex, String example) ->
          need(text(place, value).matches(regex), place, value);
      case Form.ListOf(Form element) -> list(place, element, value);
      case Form.Section(List<Setting> settings) ->
          section(place + ".", settings, map(place, value));
      case Form.Named(Form named) -> named(place, named, map(place, value));
      case Form.Either(Form one, Form other) -> either(place, one, other, value);
    };
  }

  private static Object either(String place, Form one, Form other, Object value) {
    try {
      return read(place, one, value);
    } catch (IllegalArgumentException notThisOne) {
      return read(place, other, value);
    }
  }

  private static Settings named(String place, Form form, Map<?, ?> values) {
    Map<String, Object> read = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> read.put(name.toString(), read(place + "." + name, form, value)));
    return new Settings(read);
  }

  private static List<Object> list(String place, Form element, Object value) {
    List<Object> read = new ArrayList<>();
    for (Object each : value instanceof List<?> several ? several : List.of(value)) {
      read.add(read(place, element, each));
    }
    return read;
  }

  private static String text(String place, Object value) {
    need(!(value instanceof Map<?, ?>) && !(value instanceof List<?>), place, value);
    return value.toString();
  }

  private static Map<?, ?> map(String place, Object value) {
    need(value instanceof Map<?, ?>, place, value);
    return (Map<?, ?>) value;
  }

  private static Long whole(String place, String text, long min, long max) {
    need(text.matches("-?\\d{1,18}"), place, text);
    long number = Long.parseLong(text);
    need(number >= min && number <= max, place, text);
    return number;
  }

  private static Boolean flag(String place, String text) {
    need(text.equals("true") || text.equals("false"), place, text);
    return Boolean.valueOf(text);
  }

  private static Duration period(String place, String text) {
    Matcher matcher = PERIOD.matcher(text);
    need(matcher.matches(), place, text);
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static Object need(boolean fits, String place, Object value) {
    if (!fits) {
      throw new IllegalArgumentException("'" + value + "' does not fit the form of " + place);
    }
    return value.toString();
  }
}
