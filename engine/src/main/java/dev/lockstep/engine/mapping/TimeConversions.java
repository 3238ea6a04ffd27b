package dev.lockstep.engine.mapping;

import static dev.lockstep.engine.mapping.Conversions.impossible;
import static dev.lockstep.engine.mapping.Conversions.senseless;

import dev.lockstep.connector.Type;
import dev.lockstep.engine.mapping.Conversion.Possible;

/** Which types become dates and times. A zone is never guessed. */
final class TimeConversions {
  private TimeConversions() {}

  static Conversion toDate(Type from, Type to) {
    if (from instanceof Type.DateTime) {
      return impossible(from, to, "date(%s)", ", which drops the time");
    }
    return from instanceof Type.Timestamp
        ? impossible(from, to, "date(%s, 'UTC')", " with the zone you mean")
        : parsed(from, to);
  }

  static Conversion toTime(Type from, Type to) {
    if (from instanceof Type.DateTime) {
      return impossible(from, to, "time(%s)", ", which drops the date");
    }
    return from instanceof Type.Timestamp
        ? impossible(from, to, "time(%s, 'UTC')", " with the zone you mean")
        : parsed(from, to);
  }

  static Conversion toDateTime(Type from, Type to) {
    if (from instanceof Type.Date) {
      return Possible.of(Converters.to(to));
    }
    return from instanceof Type.Timestamp
        ? impossible(from, to, "dateTime(%s, 'UTC')", " with the zone you mean")
        : parsed(from, to);
  }

  static Conversion toTimestamp(Type from, Type to) {
    if (from instanceof Type.Date || from instanceof Type.DateTime) {
      return impossible(from, to, "timestamp(%s, 'UTC')", " with the zone you mean");
    }
    return from instanceof Type.Int
        ? impossible(from, to, "timestamp(%s)", " for seconds since 1970")
        : parsed(from, to);
  }

  private static Conversion parsed(Type from, Type to) {
    return switch (from) {
      case Type.Text(_), Type.Json() -> Possible.of(Converters.to(to));
      case Type.Bool(),
          Type.Int(),
          Type.Float(),
          Type.Decimal(_, _),
          Type.Bytes(),
          Type.Date(),
          Type.Time(),
          Type.DateTime(),
          Type.Timestamp(),
          Type.ListOf(_),
          Type.Any() ->
          senseless(from, to);
    };
  }
}
