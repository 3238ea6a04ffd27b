package dev.lockstep.hub.module;

import dev.lockstep.hub.ObjectField;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What clients of a version rely on in one object.
 *
 * @param object the object of the hub behind it
 */
record ObjectContract(String object, Map<String, FieldContract> fields) {
  ObjectContract {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** What fields as they are shown promise. */
  static ObjectContract of(String object, List<Shown> fields) {
    Map<String, FieldContract> promised = new LinkedHashMap<>();
    for (Shown shown : fields) {
      ObjectField field = shown.field();
      promised.put(
          field.name(),
          new FieldContract(
              field.type().label(),
              !field.required(),
              shown.demanded(),
              field.oneOf(),
              Optional.ofNullable(field.initial()).map(Object::toString),
              shown.fixed()));
    }
    return new ObjectContract(object, promised);
  }
}
