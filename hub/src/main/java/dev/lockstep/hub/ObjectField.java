package dev.lockstep.hub;

import dev.lockstep.connector.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of an object, as the user declared it.
 *
 * @param required an entry cannot be created without it, nor can it be set to null
 * @param oneOf the values that are taken, as text; empty for all
 * @param initial what a created or replaced entry gets where none was sent: the field's {@code
 *     default}, an instance of the type's carrier
 */
public record ObjectField(
    String name, Type type, boolean required, List<String> oneOf, @Nullable Object initial) {

  public ObjectField {
    oneOf = List.copyOf(oneOf);
  }

  /** An optional field without default; the type is written as in the configuration. */
  public static ObjectField of(String name, String type) {
    return new ObjectField(name, Type.parse(type), false, List.of(), null);
  }

  /**
   * A value written as text, as the type's carrier.
   *
   * @throws IllegalArgumentException when it is none of the type's, with the fault and its remedy
   */
  public static Object parsed(Type type, String text) {
    try {
      return Conversion.to(type, Conversion.parse(type, text));
    } catch (Conversion.Unfit unfit) {
      throw new IllegalArgumentException(unfit.fault() + "; " + unfit.remedy(), unfit);
    }
  }

  /** The same field, now required. */
  public ObjectField asRequired() {
    return new ObjectField(name, type, true, oneOf, initial);
  }

  /** The same field, taking only these values. */
  public ObjectField takingOneOf(String... values) {
    return new ObjectField(name, type, required, List.of(values), initial);
  }

  /** The same field with a default. */
  public ObjectField startingAs(Object value) {
    return new ObjectField(name, type, required, oneOf, value);
  }
}
