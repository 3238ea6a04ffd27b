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

  /** How many parts it has, one at least. */
  public int size() {
    return parts.length;
  }

  /** One of its parts. */
  public Object part(int index) {
    return parts[index];
  }

  // Most keys have one part that is no array, and a run compares millions of them.
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Key that)) {
      return false;
    }
    return (isSimple() && that.isSimple())
        ? parts[0].equals(that.parts[0])
        : Arrays.deepEquals(parts, that.parts);
  }

  @Override
  public int hashCode() {
    return isSimple() ? 31 + parts[0].hashCode() : Arrays.deepHashCode(parts);
  }

  private boolean isSimple() {
    return parts.length == 1 && !(parts[0] instanceof byte[]);
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
