package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Field;

/** A field of the target and where its value comes from. */
record TargetField(Field field, FieldSource source) {

  String name() {
    return field.name();
  }
}
