package dev.lockstep.server.config;

import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import java.util.List;

/** Says in words what a form takes, and gives an example. */
final class Forms {
  private Forms() {}

  /** What is expected: {@code a whole number from 1 to 200}. */
  static String expected(Form form) {
    return switch (form) {
      case Form.Text() -> "text";
      case Form.Hidden() -> "text that is kept secret";
      case Form.Whole(long min, long max) -> whole(min, max);
      case Form.Flag() -> "true or false";
      case Form.Period() -> "a duration";
      case Form.Choice(List<String> words) ->
          words.size() == 1 ? words.getFirst() : "one of " + String.join(", ", words);
      case Form.Pattern(String regex, String example) -> "text such as " + example;
      case Form.ListOf(Form element) -> "a list, each element " + expected(element);
      case Form.Section(List<Setting> settings) ->
          "a block with "
              + String.join(", ", settings.stream().map(Setting::name).limit(8).toList());
      case Form.Named(Form value) -> "a block of names, each with " + expected(value);
      case Form.Either(Form one, Form other) -> expected(one) + ", or " + expected(other);
    };
  }

  private static String whole(long min, long max) {
    if (max == Long.MAX_VALUE) {
      return min == Long.MIN_VALUE ? "a whole number" : "a whole number, at least " + min;
    }
    return "a whole number from " + min + " to " + max;
  }

  /** A value of this form as the user would write it. */
  static String example(Form form) {
    return switch (form) {
      case Form.Text() -> "text";
      case Form.Hidden() -> "\"${NAME}\"";
      case Form.Whole(long min, long max) -> Long.toString(Math.clamp(10, min, max));
      case Form.Flag() -> "true";
      case Form.Period() -> "5m";
      case Form.Choice(List<String> words) -> words.getFirst();
      case Form.Pattern(String regex, String example) -> quoted(example);
      case Form.ListOf(Form element) -> "[" + example(element) + "]";
      case Form.Section(List<Setting> settings) -> "{" + example(settings) + "}";
      case Form.Named(Form value) -> "{name: " + example(value) + "}";
      case Form.Either(Form one, Form other) -> example(one);
    };
  }

  /** The required settings, or the first when none is. */
  private static String example(List<Setting> settings) {
    List<Setting> required = settings.stream().filter(Setting::required).toList();
    return String.join(
        ", ",
        (required.isEmpty() ? settings.stream().limit(1).toList() : required)
            .stream().map(Forms::line).toList());
  }

  /** {@code name: value}, with the default for a value if there is one. */
  static String line(Setting setting) {
    return setting.name()
        + ": "
        + setting
            .fallback()
            .filter(text -> !text.isEmpty())
            .orElseGet(() -> example(setting.form()));
  }

  private static String quoted(String example) {
    return example.matches("[A-Za-z0-9/._-]+") ? example : "\"" + example + "\"";
  }
}
