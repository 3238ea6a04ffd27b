package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Type;
import java.util.Optional;

/**
 * Which {@link Type} and {@link PgCodec} a type of PostgreSQL has. Every one has: what is foreign
 * travels as text.
 */
final class PgTypes {
  private static final int HEADER = 4;

  private PgTypes() {}

  /** A type and how it passes. */
  record Mapped(Type type, PgCodec codec) {}

  /**
   * A type out of the catalog, domains resolved.
   *
   * @param name empty for a type that is not PostgreSQL's own, whatever it is called
   * @param kind {@code e} for an enum
   * @param oid of an array's element, the domain where it is one
   * @param delimiter what stands between such elements in an array's text
   * @param element of an array
   */
  record Described(
      String name,
      char kind,
      String castType,
      int modifier,
      int oid,
      char delimiter,
      Optional<Described> element) {}

  static Mapped of(Described described) {
    return described
        .element()
        .map(element -> array(described.castType(), element))
        .orElseGet(() -> plain(described));
  }

  private static Mapped array(String castType, Described element) {
    Mapped inner = plain(element);
    Type.ListOf type = new Type.ListOf(inner.type());
    return new Mapped(
        type, new PgArray(inner.codec(), type, castType, element.oid(), element.delimiter()));
  }

  private static Mapped plain(Described it) {
    if (it.kind() == 'e') {
      return new Mapped(Type.Text.unlimited(), new PgTexts.Text(it.castType(), true, false));
    }
    return switch (it.name()) {
      case "int2" -> new Mapped(new Type.Int(), new PgNumbers.Whole("smallint", 2));
      case "int4" -> new Mapped(new Type.Int(), new PgNumbers.Whole("integer", 4));
      case "int8" -> new Mapped(new Type.Int(), new PgNumbers.Whole("bigint", 8));
      case "float4" -> new Mapped(new Type.Float(), new PgNumbers.Floating("real", true));
      case "float8" ->
          new Mapped(new Type.Float(), new PgNumbers.Floating("double precision", false));
      case "bool" -> new Mapped(new Type.Bool(), new PgNumbers.Bool());
      case "numeric" -> {
        PgDecimal.Bounds bounds = PgDecimal.Bounds.of(it.modifier());
        yield new Mapped(bounds.type(), new PgDecimal(bounds.type(), bounds));
      }
      case "text" -> text(0, "text", true);
      case "varchar" -> text(length(it), it.castType(), true);
      case "bpchar" ->
          length(it) == 0
              ? new Mapped(Type.Text.unlimited(), new PgTexts.Blank())
              : new Mapped(new Type.Text(length(it)), new PgTexts.Padded());
      case "uuid" -> new Mapped(new Type.Text(36), new PgTexts.Uuid());
      case "bytea" -> new Mapped(new Type.Bytes(), new PgTexts.Bytes());
      case "json" -> new Mapped(new Type.Json(), new PgTexts.Json(false));
      case "jsonb" -> new Mapped(new Type.Json(), new PgTexts.Json(true));
      case "date" -> new Mapped(new Type.Date(), new PgTimes.Date());
      case "time" -> new Mapped(new Type.Time(), new PgTimes.Time());
      case "timestamp" -> new Mapped(new Type.DateTime(), new PgTimes.DateTime());
      case "timestamptz" -> new Mapped(new Type.Timestamp(), new PgTimes.Timestamp());
      default -> new Mapped(Type.Text.unlimited(), new PgTexts.Text(it.castType(), false, false));
    };
  }

  private static int length(Described it) {
    return it.modifier() < HEADER ? 0 : it.modifier() - HEADER;
  }

  private static Mapped text(int length, String castType, boolean collated) {
    return new Mapped(new Type.Text(length), new PgTexts.Text(castType, true, collated));
  }
}
