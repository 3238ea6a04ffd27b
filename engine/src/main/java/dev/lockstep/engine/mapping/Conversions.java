package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Type;
import dev.lockstep.engine.mapping.Conversion.Impossible;
import dev.lockstep.engine.mapping.Conversion.Possible;
import dev.lockstep.engine.mapping.Conversion.Same;
import java.util.List;

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

  static Impossible impossible(Type from, Type to, String expression, String note) {
    return new Impossible(message(from, to), List.of(expression), note);
  }

  static Impossible senseless(Type from, Type to) {
    String note = "map a field that holds " + to.label() + ", or an expression that makes it";
    return new Impossible(message(from, to), List.of(), note);
  }

  private static String message(Type from, Type to) {
    return from.label() + " does not become " + to.label() + " by itself";
  }

  private static Conversion toBool(Type from, Type to) {
    return switch (from) {
      case Type.Int(), Type.Text(_), Type.Json() -> Possible.of(Converters.to(to));
      case Type.Float(), Type.Decimal(_, _) -> impossible(from, to, "%s != 0", "");
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
      case Type.Bytes() ->
          new Impossible(
              message(from, to), List.of("base64.encode(%s)", "string(%s)"), " for UTF-8");
      case Type.ListOf(Type element) -> joined(from, element, to);
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
        ? new Impossible(message(from, to), List.of("base64.decode(%s)", "bytes(%s)"), " for UTF-8")
        : senseless(from, to);
  }

  private static Conversion toJson(Type from, Type to) {
    return switch (from) {
      case Type.Text(int length) -> Possible.of(new ToJson.OfText());
      case Type.Bytes() -> impossible(from, to, "base64.encode(%s)", "");
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

  private static Conversion joined(Type from, Type element, Type to) {
    return switch (element) {
      case Type.Text(_) -> impossible(from, to, "%s.join(',')", "");
      case Type.ListOf(_) -> senseless(from, to);
      case Type.Bool(),
          Type.Int(),
          Type.Float(),
          Type.Decimal(_, _),
          Type.Bytes(),
          Type.Date(),
          Type.Time(),
          Type.DateTime(),
          Type.Timestamp(),
          Type.Json(),
          Type.Any() ->
          impossible(from, to, "%s.map(x, string(x)).join(',')", "");
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
            case Impossible each -> wrapped(from, to, each, "%%s.map(x, %s)", "x");
          };
      case Type.Text(_) ->
          between(from, to.element()) instanceof Impossible each
              ? wrapped(from, to, each, "%%s.split(',').map(x, %s)", "x")
              : impossible(from, to, "%s.split(',')", "");
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
          between(from, to.element()) instanceof Impossible one
              ? wrapped(from, to, one, "[%s]", "%s")
              : impossible(from, to, "[%s]", "");
    };
  }

  /** The remedy for one element, made one for the whole list. */
  private static Impossible wrapped(
      Type from, Type to, Impossible each, String wrapping, String element) {
    if (each.expressions().isEmpty()) {
      return senseless(from, to);
    }
    List<String> expressions =
        each.expressions().stream()
            .map(expression -> wrapping.formatted(expression.replace("%s", element)))
            .toList();
    return new Impossible(message(from, to), expressions, each.note());
  }
}
