package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Type;

/** The converter to each type, by the class of the value it is given. */
final class Converters {
  private Converters() {}

  /** Takes any carrier; a value that has no sensible form in {@code target} is {@link Unfit}. */
  static Converter to(Type target) {
    return switch (target) {
      case Type.Bool() -> new ToBool();
      case Type.Int() -> new ToInt();
      case Type.Float() -> new ToFloat();
      case Type.Decimal decimal -> new ToDecimal(decimal);
      case Type.Text text -> new ToText(text);
      case Type.Bytes() -> new ToBytes();
      case Type.Date() -> new ToDate();
      case Type.Time() -> new ToTime();
      case Type.DateTime() -> new ToDateTime();
      case Type.Timestamp() -> new ToTimestamp();
      case Type.Json() -> new ToJson();
      case Type.ListOf list -> new ToList(list, to(list.element()));
      case Type.Any() -> value -> value;
    };
  }
}
