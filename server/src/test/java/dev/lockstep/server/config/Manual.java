package dev.lockstep.server.config;

import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import java.util.List;

/** Words settings as the manual has them: one row of a table for each. */
final class Manual {
  private Manual() {}

  static String table(List<Setting> settings) {
    StringBuilder table =
        new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
    for (Setting setting : settings) {
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  setting.name(),
                  value(setting.form()),
                  setting.required()
                      ? "required"
                      : setting.fallback().map(text -> "`" + text + "`").orElse(""),
                  setting.description()));
    }
    return table.toString();
  }

  private static String value(Form form) {
    return switch (form) {
      case Form.Text() -> "text";
      case Form.Hidden() -> "secret text";
      case Form.Whole(long min, long max) -> min == max ? "`" + min + "`" : min + " to " + max;
      case Form.Flag() -> "`true` or `false`";
      case Form.Period() -> "duration";
      case Form.Choice(List<String> words) -> "`" + String.join("`, `", words) + "`";
      case Form.Pattern(String regex, String example) -> "such as `" + example + "`";
      case Form.ListOf(Form.ListOf _) -> "list of lists";
      case Form.ListOf(Form element) -> "list of " + value(element);
      case Form.Section _ -> "block";
      case Form.Named(Form element) -> "names, each with " + value(element);
      case Form.Either(Form one, Form other) -> value(one) + ", or " + value(other);
    };
  }
}
