package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Type;
import dev.lockstep.engine.mapping.Conversion.Impossible;
import dev.lockstep.engine.mapping.Conversion.Possible;
import dev.lockstep.engine.mapping.Conversion.Same;

/**
 * Which type becomes which. A conversion that could silently lose something (a fraction, a zone, an
 * encoding) is not done by itself: the user writes the function that says how.
 */
final class Conversions {
  private Conversions() {}

  static Conversion between(Type from, Type to) {
    if (from.equals(to) || to instanceof Type.Any) {
      return new Same();
    }
    if (from instanceof Type.Any) {
      return Possible.of(Converters.to(to));
    }
    return switch (to) {
      case Type.Bool() -> toBool(from, to);
      case Type.Int() -> NumberConversions.toInt(from, to);
      case Type.Float() -> NumberConversions.toFloat(from, to);
      case Type.Decimal decimal -> NumberConversions.toDecimal(from, decimal);
      case Type.Text text -> toText(from, text);
      case Type.Bytes() -> toBytes(from, to);
      case Type.Date() -> TimeConversions.toDate(from, to);
      case Type.Time() -> TimeConversions.toTime(from, to);
      case Type.DateTime() -> TimeConversions.toDateTime(from, to);
      case Type.Timestamp() -> TimeConversions.toTimestamp(from, to);
      case Type.Json() -> toJson(from, to);
      case Type.ListOf list -> toList(from, list);
      case Type.Any() -> new Same();
    };
  }

  static Impossible impossible(Type from, Type to, String remedy) {
    return new Impossible(from.label() + " does not become " + to.label() + " by itself", remedy);
  }

  static Impossible senseless(Type from, Type to) {
    return impossible(
        from,
        to,
        "map a field that holds a " + to.label() + ", or write an expression that makes one");
  }

  private static Conversion toBool(Type from, Type to) {
    return switch (from) {
      case Type.Int(), Type.Text(_), Type.Json() -> Possible.of(Converters.to(to));
      case Type.Float(), Type.Decimal(_, _) -> impossible(from, to, "write %s != 0");
      case Type.Bool(),
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

  private static Conversion toText(Type from, Type.Text to) {
    Converter converter = Converters.to(to);
    return switch (from) {
      case Type.Text(int length) -> {
        boolean fits = to.maxLength() == 0 || (length != 0 && length <= to.maxLength());
        yield fits
            ? new Same()
            : Possible.warning(
                converter, from.label() + " may be longer than " + to.label() + " holds");
      }
      case Type.Bytes() -> impossible(from, to, "write base64.encode(%s), or string(%s) for UTF-8");
      case Type.ListOf(Type element) -> impossible(from, to, "write %s.join(',')");
      case Type.Bool(),
          Type.Int(),
          Type.Float(),
          Type.Decimal(_, _),
          Type.Date(),
          Type.Time(),
          Type.DateTime(),
          Type.Timestamp(),
          Type.Json(),
          Type.Any() ->
          Possible.of(converter);
    };
  }

  private static Conversion toBytes(Type from, Type to) {
    return from instanceof Type.Text
        ? impossible(from, to, "write bytes(%s) for UTF-8, or base64.decode(%s)")
        : senseless(from, to);
  }

  private static Conversion toJson(Type from, Type to) {
    return switch (from) {
      case Type.Text(int length) -> Possible.of(new ToJson.OfText());
      case Type.Bytes() -> impossible(from, to, "write base64.encode(%s)");
      case Type.Bool(),
          Type.Int(),
          Type.Float(),
          Type.Decimal(_, _),
          Type.Date(),
          Type.Time(),
          Type.DateTime(),
          Type.Timestamp(),
          Type.Json(),
          Type.ListOf(_),
          Type.Any() ->
          Possible.of(Converters.to(to));
    };
  }

  private static Conversion toList(Type from, Type.ListOf to) {
    return switch (from) {
      case Type.Json() -> Possible.of(Converters.to(to));
      case Type.ListOf(Type element) ->
          switch (between(element, to.element())) {
            case Same() -> new Same();
            case Possible(Converter each, var warning) ->
                new Possible(new ToList(to, each), warning);
            case Impossible(String message, String remedy) ->
                new Impossible(message, "write %s.map(x, " + remedy.replace("%s", "x") + ")");
          };
      case Type.Text(int length) -> impossible(from, to, "write %s.split(',')");
      case Type.Bool(),
          Type.Int(),
          Type.Float(),
          Type.Decimal(_, _),
          Type.Bytes(),
          Type.Date(),
          Type.Time(),
          Type.DateTime(),
          Type.Timestamp(),
          Type.Any() ->
          impossible(from, to, "write [%s]");
    };
  }
}
