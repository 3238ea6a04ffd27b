package dev.lockstep.connector;

import java.util.List;
import java.util.Optional;

/**
 * One setting of a connector: its name, the form of its value, and what it means. The configuration
 * is checked against it before the connector ever sees a value.
 *
 * @param fallback the value used when the setting is left out, as the user would write it
 */
public record Setting(
    String name, Form form, String description, boolean required, Optional<String> fallback) {

  public Setting {
    if (required && fallback.isPresent()) {
      throw new IllegalArgumentException("setting '" + name + "' is required and has a fallback");
    }
  }

  public static Setting required(String name, Form form, String description) {
    return new Setting(name, form, description, true, Optional.empty());
  }

  public static Setting optional(String name, Form form, String description) {
    return new Setting(name, form, description, false, Optional.empty());
  }

  public static Setting withDefault(String name, Form form, String fallback, String description) {
    return new Setting(name, form, description, false, Optional.of(fallback));
  }

  /** What a value looks like; sealed, so that a checker and a form can answer every case. */
  public sealed interface Form {
    record Text() implements Form {}

    /** Text that must never be shown; reaches the connector as {@link Secret}. */
    record Hidden() implements Form {}

    record Whole(long min, long max) implements Form {}

    record Flag() implements Form {}

    /** Written {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 1d}. */
    record Period() implements Form {}

    /** One of some words. */
    record Choice(List<String> words) implements Form {
      public Choice {
        words = List.copyOf(words);
      }
    }

    /** Text that matches a pattern, with an example for the error. */
    record Pattern(String regex, String example) implements Form {}

    /** A list; a single value is read as a list of one. */
    record ListOf(Form element) implements Form {}

    /** A nested block with settings of its own. */
    record Section(List<Setting> settings) implements Form {
      public Section {
        settings = List.copyOf(settings);
      }
    }

    /** Names of the user's choice, each with a value of this form. */
    record Named(Form value) implements Form {}

    /** The first form that the value fits: {@code auth: none} or {@code auth: {bearer: ...}}. */
    record Either(Form one, Form other) implements Form {}
  }
}
