package dev.lockstep.hub.module;

import dev.lockstep.connector.Row;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.filter.FilterField;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A field that clients of a version see, held against its object. Immutable. */
interface Shown {
  /**
   * The field as clients know it: required where they never read null, with the default of what
   * they do not send.
   */
  ObjectField field();

  /** Whether a new entry cannot be without it. */
  boolean demanded();

  /** Its value where nobody can set it. */
  default Optional<String> fixed() {
    return Optional.empty();
  }

  /** The fields of the object behind it. */
  List<String> sources();

  /** What clients read of an entry. */
  @Nullable Object read(Row values);

  /** Notes what is to be kept in the object for what a client sent. */
  void write(@Nullable Object sent, Writing writing);

  /**
   * How it is asked for in lists; empty where it cannot be.
   *
   * @param columns the columns of the object's fields, in SQL
   */
  Optional<FilterField> filter(Function<String, String> columns);
}
