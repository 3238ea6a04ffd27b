package dev.lockstep.connector;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Values that passed their {@link Setting}'s form, with defaults filled in. A value is a {@code
 * String}, {@code Long}, {@code Boolean}, {@link Duration}, {@link Secret}, {@code List} of these,
 * or nested {@code Settings}. Asking for a setting by the wrong form is a bug in the connector and
 * throws {@link IllegalStateException}.
 */
public final class Settings {
  private final SequencedMap<String, Object> values;

  public Settings(Map<String, ?> values) {
    this.values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  public static Settings empty() {
    return new Settings(Map.of());
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public String text(String name) {
    return need(name, String.class);
  }

  public Optional<String> optionalText(String name) {
    return optional(name, String.class);
  }

  public Optional<Secret> secret(String name) {
    return optional(name, Secret.class);
  }

  public long whole(String name) {
    return need(name, Long.class);
  }

  public boolean flag(String name) {
    return need(name, Boolean.class);
  }

  public Duration period(String name) {
    return need(name, Duration.class);
  }

  public Optional<Duration> optionalPeriod(String name) {
    return optional(name, Duration.class);
  }

  /** The texts of a list; empty when the setting is absent. */
  public List<String> texts(String name) {
    return elements(name).stream().map(String.class::cast).toList();
  }

  /** A list of sections; empty when the setting is absent. */
  public List<Settings> list(String name) {
    return elements(name).stream().map(Settings.class::cast).toList();
  }

  /** A nested block; empty when it is absent. */
  public Optional<Settings> section(String name) {
    return optional(name, Settings.class);
  }

  /**
   * The names the user chose in a {@link Setting.Form.Named} block, with their blocks, in the
   * file's order.
   */
  public SequencedMap<String, Settings> sections(String name) {
    SequencedMap<String, Settings> sections = new LinkedHashMap<>();
    section(name)
        .ifPresent(
            block -> block.values.forEach((key, value) -> sections.put(key, (Settings) value)));
    return sections;
  }

  /** The names and texts of a {@link Setting.Form.Named} block of texts, in the file's order. */
  public SequencedMap<String, String> words(String name) {
    SequencedMap<String, String> words = new LinkedHashMap<>();
    section(name)
        .ifPresent(block -> block.values.forEach((key, value) -> words.put(key, value.toString())));
    return words;
  }

  /** All values in the file's order; secrets print as stars. */
  public SequencedMap<String, Object> values() {
    return values;
  }

  private List<?> elements(String name) {
    return optional(name, List.class).map(list -> (List<?>) list).orElse(List.of());
  }

  private <T> T need(String name, Class<T> form) {
    return optional(name, form)
        .orElseThrow(
            () -> new IllegalStateException("setting '" + name + "' is neither set nor defaulted"));
  }

  private <T> Optional<T> optional(String name, Class<T> form) {
    Object value = values.get(name);
    if (value != null && !form.isInstance(value)) {
      throw new IllegalStateException(
          "setting '"
              + name
              + "' is a "
              + value.getClass().getSimpleName()
              + ", not a "
              + form.getSimpleName());
    }
    return Optional.ofNullable(form.cast(value));
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
