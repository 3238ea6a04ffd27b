package dev.lockstep.connector;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The key values of one record, in the order of {@link Dataset#key}; never null or absent. Numbers
 * that a connector reads as {@code Long} in one role must not be {@code BigDecimal} in another.
 */
public final class Key {
  private final Object[] parts;

  Key(Object[] parts) {
    this.parts = parts;
  }

  public static Key of(Object... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException("a key has no parts");
    }
    return new Key(parts.clone());
  }

  public List<Object> parts() {
    return Collections.unmodifiableList(Arrays.asList(parts));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key that && Arrays.deepEquals(parts, that.parts);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(parts);
  }

  /** The parts joined by {@code |}, for people; not reversible. */
  @Override
  public String toString() {
    if (parts.length == 1) {
      return text(parts[0]);
    }
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(text.isEmpty() ? "" : "|").append(text(part));
    }
    return text.toString();
  }

  private static String text(Object part) {
    return part instanceof byte[] bytes
        ? java.util.HexFormat.of().formatHex(bytes)
        : part.toString();
  }
}
