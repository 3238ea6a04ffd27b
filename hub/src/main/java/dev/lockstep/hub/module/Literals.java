package dev.lockstep.hub.module;

import dev.lockstep.hub.ColumnForm;
import java.util.Optional;

/** Values of a declaration as they stand in SQL. */
final class Literals {
  private Literals() {}

  /** Empty for what cannot be written there. */
  static Optional<String> of(Object value) {
    return switch (ColumnForm.present(value)) {
      // A question mark would be taken for a value that is yet to come.
      case String text when text.indexOf('?') < 0 ->
          Optional.of("'" + text.replace("'", "''") + "'");
      case Long number -> Optional.of(number.toString());
      case Boolean bool -> Optional.of(bool ? "TRUE" : "FALSE");
      default -> Optional.empty();
    };
  }
}
