package dev.lockstep.server.config;

import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Settings;
import java.util.List;
import java.util.Optional;

/**
 * A block that was checked against its settings: the values that fit, beside the nodes they came
 * from, so that whatever is found out later is told at its place.
 *
 * @param sound whether every value that was written, or required, is there
 */
record Part(Where where, Node.Block block, Settings values, boolean sound) {

  static Part check(Where where, List<Setting> settings, Node.Block block, Problems problems) {
    CheckForm check = new CheckForm(problems);
    Settings values = check.section(where, settings, block);
    return new Part(where, block, values, check.isSound());
  }

  /** Whether the user wrote the key, rightly or not. */
  boolean has(String key) {
    return block.has(key);
  }

  /** Whether there is a value, written or by default. */
  boolean knows(String key) {
    return values.has(key);
  }

  /** The place of a key's value. */
  Where at(String key) {
    return block
        .entry(key)
        .map(
            entry -> where.in(key, entry.value() instanceof Node.Scalar s ? s.place() : entry.at()))
        .orElseGet(() -> where.missing(key));
  }

  /** The place of the deepest key there is on a path such as {@code datasets.accounts.list}. */
  Where locate(String path) {
    return Locate.in(where, block, path);
  }

  /** A key's block, with the values it was checked to. */
  Optional<Part> part(String key) {
    return block
        .entry(key)
        .filter(entry -> entry.value() instanceof Node.Block)
        .flatMap(entry ->
            section(key)
                .map(section ->
                    new Part(
                        where.in(key, entry.at()), (Node.Block) entry.value(), section, sound)));
  }

  private Optional<Settings> section(String key) {
    return values.values().get(key) instanceof Settings section
        ? Optional.of(section)
        : Optional.empty();
  }

  /** A single value for an error, unless it may be a secret. */
  String shown(String key) {
    return scalar(key).map(Node.Scalar::shown).orElse("the value");
  }

  boolean isShown(String key) {
    return scalar(key).filter(it -> it.origin() == Node.Scalar.Origin.FILE).isPresent();
  }

  /** Whether a value came from a variable. */
  boolean isHidden(String key) {
    return scalar(key).filter(it -> it.origin() == Node.Scalar.Origin.VARIABLE).isPresent();
  }

  private Optional<Node.Scalar> scalar(String key) {
    return block
        .entry(key)
        .map(Node.Entry::value)
        .filter(Node.Scalar.class::isInstance)
        .map(Node.Scalar.class::cast);
  }
}
