package dev.lockstep.connector;

/** One field of a schema. */
public record Field(String name, Type type, boolean nullable) {
  public Field {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a field's name is empty");
    }
  }

  public static Field of(String name, Type type) {
    return new Field(name, type, true);
  }
}
