package dev.lockstep.engine.mapping;

import static dev.lockstep.engine.mapping.Conversions.impossible;
import static dev.lockstep.engine.mapping.Conversions.senseless;

import dev.lockstep.connector.Type;
import dev.lockstep.engine.mapping.Conversion.Possible;
import dev.lockstep.engine.mapping.Conversion.Same;

/** Which types become numbers. */
final class NumberConversions {
  /** Every decimal of so many digits is a 64-bit whole number. */
  private static final int SAFE_DIGITS = 18;

  private static final int LONG_DIGITS = 19;

  private NumberConversions() {}

  static Conversion toInt(Type from, Type to) {
    Converter converter = Converters.to(to);
    return switch (from) {
      case Type.Bool(), Type.Text(_), Type.Json() -> Possible.of(converter);
      case Type.Float() -> impossible(from, to, "int(%s)", ", which drops the fraction");
      case Type.Decimal(int precision, int scale) -> {
        if (scale > 0) {
          yield impossible(from, to, "int(%s)", ", which drops the fraction");
        }
        yield precision > 0 && precision <= SAFE_DIGITS
            ? Possible.of(converter)
            : Possible.warning(converter, from.label() + " may hold more than a 64-bit int");
      }
      case Type.Timestamp() -> impossible(from, to, "int(%s)", " for seconds since 1970");
      case Type.Int(),
          Type.Bytes(),
          Type.Date(),
          Type.Time(),
          Type.DateTime(),
          Type.ListOf(_),
          Type.Any() ->
          senseless(from, to);
    };
  }

  static Conversion toFloat(Type from, Type to) {
    Converter converter = Converters.to(to);
    return switch (from) {
      case Type.Bool() -> impossible(from, to, "%s ? 1.0 : 0.0", "");
      case Type.Int() ->
          Possible.warning(converter, "a float holds whole numbers exactly only up to 2^53");
      case Type.Text(_), Type.Json() -> Possible.of(converter);
      case Type.Decimal(int precision, int scale) ->
          impossible(from, to, "double(%s)", ", which rounds to a binary fraction");
      case Type.Float(),
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

  static Conversion toDecimal(Type from, Type.Decimal to) {
    Converter converter = Converters.to(to);
    return switch (from) {
      case Type.Bool() -> impossible(from, to, "%s ? 1 : 0", "");
      case Type.Decimal decimal -> resized(decimal, to, converter);
      case Type.Int() ->
          to.precision() == 0 || to.precision() - to.scale() >= LONG_DIGITS
              ? Possible.of(converter)
              : Possible.warning(converter, "an int may be larger than " + to.label() + " holds");
      case Type.Float() ->
          to.precision() == 0
              ? Possible.of(converter)
              : impossible(from, to, "round(decimal(%s), " + to.scale() + ")", "");
      case Type.Text(_), Type.Json() -> Possible.of(converter);
      case Type.Bytes(),
          Type.Date(),
          Type.Time(),
          Type.DateTime(),
          Type.Timestamp(),
          Type.ListOf(_),
          Type.Any() ->
          senseless(from, to);
    };
  }

  private static Conversion resized(Type.Decimal from, Type.Decimal to, Converter converter) {
    if (to.precision() == 0) {
      return new Same();
    }
    if (from.precision() == 0) {
      return Possible.warning(converter, "a decimal may have more digits than " + to.label());
    }
    if (from.scale() > to.scale()
        || from.precision() - from.scale() > to.precision() - to.scale()) {
      return impossible(
          from,
          to,
          "round(%s, " + to.scale() + ")",
          " (larger numbers are then refused one by one)");
    }
    return new Same();
  }
}
