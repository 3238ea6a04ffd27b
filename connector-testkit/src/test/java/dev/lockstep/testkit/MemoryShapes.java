package dev.lockstep.testkit;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;

/** Schemas that several tests use. */
final class MemoryShapes {
  private MemoryShapes() {}

  /** A key and a text. */
  static Schema one() {
    return Schema.of(
        new Field("id", new Type.Int(), false), Field.of("name", Type.Text.unlimited()));
  }
}
