package dev.lockstep.hub.module;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One version of a module as it is declared.
 *
 * @param number 1 for {@code v1}
 * @param deprecated from when on clients should use another
 * @param sunset from when on it may be gone
 */
public record VersionSpec(
    int number,
    Optional<LocalDate> deprecated,
    Optional<LocalDate> sunset,
    List<ViewSpec> objects) {
  public VersionSpec {
    objects = List.copyOf(objects);
  }

  /** {@code v1}. */
  public String name() {
    return "v" + number;
  }
}
