package dev.lockstep.engine.mapping;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.lockstep.connector.Type;
import java.util.Optional;

/** The types of fields inside expressions, and of their results outside. */
final class CelTypes {
  private CelTypes() {}

  /** Every field may be null, whatever its schema says: an earlier state may hold less. */
  static CelType of(Type type) {
    return switch (type) {
      case Type.Bool() -> NullableType.create(SimpleType.BOOL);
      case Type.Int() -> NullableType.create(SimpleType.INT);
      case Type.Float() -> NullableType.create(SimpleType.DOUBLE);
      case Type.Bytes() -> NullableType.create(SimpleType.BYTES);
      case Type.Text(int length) -> NullableType.create(SimpleType.STRING);
      case Type.Date(), Type.Time(), Type.DateTime() -> NullableType.create(SimpleType.STRING);
      case Type.Decimal(int precision, int scale) -> CelDecimal.TYPE;
      case Type.Timestamp() -> SimpleType.TIMESTAMP;
      case Type.ListOf(Type element) -> ListType.create(plain(of(element)));
      case Type.Json(), Type.Any() -> SimpleType.DYN;
    };
  }

  static CelType plain(CelType type) {
    return type instanceof NullableType nullable ? nullable.targetType() : type;
  }

  /** Empty for what no field can hold. */
  static Optional<Type> result(CelType type) {
    CelType result = plain(type);
    return switch (result.kind()) {
      case BOOL -> Optional.of(new Type.Bool());
      case INT -> Optional.of(new Type.Int());
      case UINT -> Optional.of(Type.Decimal.unlimited());
      case DOUBLE -> Optional.of(new Type.Float());
      case STRING -> Optional.of(Type.Text.unlimited());
      case BYTES -> Optional.of(new Type.Bytes());
      case TIMESTAMP -> Optional.of(new Type.Timestamp());
      case MAP, STRUCT -> Optional.of(new Type.Json());
      case LIST -> result(((ListType) result).elemType()).map(Type.ListOf::new);
      case OPAQUE ->
          result.equals(CelDecimal.TYPE) ? Optional.of(Type.Decimal.unlimited()) : Optional.empty();
      case DYN, ANY, NULL_TYPE, TYPE_PARAM -> Optional.of(new Type.Any());
      default -> Optional.empty();
    };
  }

  /** A type's name as the guide has it. */
  static String label(CelType type) {
    CelType plain = plain(type);
    return plain.kind() == CelKind.STRUCT
        ? "the record"
        : result(plain).map(Type::label).orElse(plain.name());
  }
}
