package dev.lockstep.engine.twoway;

import dev.lockstep.connector.Row;
import dev.lockstep.engine.sync.TwoWay;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When an end was last changed: by the record's own field where one is named, otherwise by the
 * moment at which the system committed the change.
 */
final class Times {
  private final TwoWay rules;

  Times(TwoWay rules) {
    this.rules = rules;
  }

  Optional<Instant> of(Case record, End end) {
    Optional<String> field = end == End.FROM ? rules.modifiedFrom() : rules.modifiedTo();
    Optional<Row> row = record.row(end);
    Optional<Instant> own =
        field.isPresent() && row.isPresent()
            ? moment(row.get().get(field.get()))
            : Optional.empty();
    return own.or(() -> record.told(end).of(record.image(end)));
  }

  private static Optional<Instant> moment(@Nullable Object value) {
    return switch (value) {
      case Instant at -> Optional.of(at);
      // A time without zone is taken to be in UTC.
      case LocalDateTime at -> Optional.of(at.toInstant(ZoneOffset.UTC));
      case String text -> parsed(text);
      case null, default -> Optional.empty();
    };
  }

  private static Optional<Instant> parsed(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
