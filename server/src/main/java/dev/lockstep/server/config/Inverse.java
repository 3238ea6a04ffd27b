package dev.lockstep.server.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a mapping of names round. */
final class Inverse {
  private static final Pattern PLAIN = Pattern.compile("record\\.([A-Za-z_][A-Za-z0-9_]*)");

  private Inverse() {}

  /** The field that an expression is a copy of; empty when it is more than that. */
  static Optional<String> field(String expression) {
    Matcher matcher = PLAIN.matcher(expression.strip());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  static SequencedMap<String, String> of(Map<String, String> map) {
    SequencedMap<String, String> inverse = new LinkedHashMap<>();
    map.forEach(
        (to, expression) -> field(expression).ifPresent(from -> inverse.put(from, "record." + to)));
    return inverse;
  }
}
