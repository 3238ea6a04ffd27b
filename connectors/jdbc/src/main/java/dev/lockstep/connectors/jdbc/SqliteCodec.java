package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column of SQLite, where a declared type is an inclination and a value may be of any storage
 * class: what does not fit the declaration is unfit.
 *
 * @param asText true where the column keeps numbers as text, so that no digit is lost
 */
record SqliteCodec(Type type, String declared, boolean asText) implements Codec {
  private static final Pattern SIZED = Pattern.compile("\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\)");

  /** As many decimal digits as a binary fraction surely keeps. */
  private static final int SAFE_DIGITS = 15;

  static SqliteCodec of(String declared) {
    String name = declared.toUpperCase(Locale.ROOT);
    return new SqliteCodec(type(name), declared, name.contains("TEXT") || name.contains("CHAR"));
  }

  private static Type type(String name) {
    if (name.isEmpty() || name.equals("ANY")) {
      return new Type.Any();
    }
    if (name.startsWith("DECIMAL") || name.startsWith("NUMERIC")) {
      return decimal(name);
    }
    if (name.startsWith("BOOL")) {
      return new Type.Bool();
    }
    if (name.startsWith("JSON")) {
      return new Type.Json();
    }
    if (name.equals("DATE")) {
      return new Type.Date();
    }
    if (name.equals("TIME")) {
      return new Type.Time();
    }
    if (name.startsWith("DATETIME")) {
      return new Type.DateTime();
    }
    if (name.startsWith("TIMESTAMP")) {
      return new Type.Timestamp();
    }
    return byAffinity(name);
  }

  private static Type byAffinity(String name) {
    if (name.contains("INT")) {
      return new Type.Int();
    }
    if (name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT")) {
      Matcher sized = SIZED.matcher(name);
      return new Type.Text(sized.find() ? Integer.parseInt(sized.group(1)) : 0);
    }
    if (name.contains("BLOB") || name.contains("BINARY")) {
      return new Type.Bytes();
    }
    boolean real = name.contains("REAL") || name.contains("FLOA") || name.contains("DOUB");
    return real ? new Type.Float() : Type.Text.unlimited();
  }

  private static Type decimal(String name) {
    Matcher sized = SIZED.matcher(name);
    if (!sized.find()) {
      return Type.Decimal.unlimited();
    }
    int precision = Integer.parseInt(sized.group(1));
    int scale = sized.group(2) == null ? 0 : Integer.parseInt(sized.group(2));
    return scale > precision || precision == 0
        ? Type.Decimal.unlimited()
        : new Type.Decimal(precision, scale);
  }

  @Override
  public @Nullable Object read(ResultSet row, int index) throws SQLException, UnfitException {
    Object held = row.getObject(index);
    return held == null ? null : carry(held instanceof Integer number ? number.longValue() : held);
  }

  private Object carry(Object held) throws UnfitException {
    try {
      return switch (type) {
        case Type.Bool() -> bool(held);
        case Type.Int() when held instanceof Long -> held;
        case Type.Float() when held instanceof Double -> held;
        case Type.Float() when held instanceof Long number -> (double) number;
        case Type.Decimal(int precision, int scale) when !(held instanceof byte[]) ->
            new BigDecimal(held.toString());
        case Type.Text(int length) when !(held instanceof byte[]) -> held.toString();
        case Type.Json() when !(held instanceof byte[]) -> new JsonText(held.toString());
        case Type.Bytes() when held instanceof byte[] -> held;
        case Type.Date() when held instanceof String text -> LocalDate.parse(text);
        case Type.Time() when held instanceof String text -> LocalTime.parse(text);
        case Type.DateTime() when held instanceof String text -> LocalDateTime.parse(iso(text));
        case Type.Timestamp() when held instanceof String text -> moment(iso(text));
        case Type.Any() -> held;
        default -> throw misfit(held);
      };
    } catch (DateTimeException | NumberFormatException e) {
      throw misfit(held);
    }
  }

  private Boolean bool(Object held) throws UnfitException {
    return switch (held.toString().toLowerCase(Locale.ROOT)) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> throw misfit(held);
    };
  }

  private static String iso(String text) {
    return text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
  }

  /** Text without an offset is UTC, as SQLite's own functions write it. */
  private static Instant moment(String text) {
    boolean offset = text.endsWith("Z") || text.matches(".*[+-]\\d\\d(:?\\d\\d)?");
    return offset && text.length() > 10
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  private UnfitException misfit(Object held) {
    String kind =
        switch (held) {
          case Long number -> "the number " + number;
          case Double number -> "the number " + number;
          case String text ->
              "the text '" + (text.length() > 60 ? text.substring(0, 60) : text) + "'";
          default -> "a blob";
        };
    return new UnfitException(
        "it holds "
            + kind
            + ", which is no "
            + type.label()
            + " as its declared type "
            + declared
            + " says",
        "correct the value: " + remedy());
  }

  private String remedy() {
    return switch (type) {
      case Type.Date(), Type.Time(), Type.DateTime(), Type.Timestamp() ->
          "write it as text, as in 2026-11-22 06:05:00";
      default -> "UPDATE it to a " + type.label();
    };
  }

  @Override
  public Object fit(Object value) throws UnfitException {
    Object fitted = Values.carrier(type, value);
    if (type instanceof Type.Decimal decimal) {
      BigDecimal number = Values.fit((BigDecimal) fitted, decimal);
      if (!asText && number.stripTrailingZeros().precision() > SAFE_DIGITS && !isWhole(number)) {
        throw new UnfitException(
            number.toPlainString()
                + " has more digits than a "
                + declared
                + " column of SQLite keeps",
            "declare the column DECIMALTEXT, or round in `map`");
      }
      return number;
    }
    return fitted instanceof String text ? Values.fit(text) : fitted;
  }

  private static boolean isWhole(BigDecimal number) {
    return number.signum() == 0
        || (number.stripTrailingZeros().scale() <= 0
            && number.toBigInteger().bitLength() < Long.SIZE);
  }

  @Override
  public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    switch (value) {
      case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
      case Long number -> statement.setLong(index, number);
      case Double number -> statement.setDouble(index, number);
      case BigDecimal number when asText -> statement.setString(index, number.toPlainString());
      case BigDecimal number when isWhole(number) -> statement.setLong(index, number.longValue());
      case BigDecimal number -> statement.setDouble(index, number.doubleValue());
      case byte[] bytes -> statement.setBytes(index, bytes);
      case LocalDateTime time -> statement.setString(index, spaced(time));
      case Instant moment ->
          statement.setString(index, spaced(LocalDateTime.ofInstant(moment, ZoneOffset.UTC)));
      default -> statement.setString(index, value.toString());
    }
  }

  /** As SQLite's own functions write it, so that texts compare as moments do. */
  private static String spaced(LocalDateTime time) {
    LocalTime clock = time.toLocalTime();
    String text = clock.getSecond() == 0 && clock.getNano() == 0 ? clock + ":00" : clock.toString();
    return time.toLocalDate() + " " + text;
  }

  @Override
  public String place(ResultSet row, int index) throws SQLException {
    return switch (row.getObject(index)) {
      case byte[] bytes -> "b" + HexFormat.of().formatHex(bytes);
      case String text -> "t" + text;
      case Double number -> "r" + number;
      case Object number -> "i" + number;
    };
  }

  @Override
  public void bindPlace(PreparedStatement statement, int index, Type of, String place)
      throws SQLException {
    String text = place.substring(1);
    switch (place.charAt(0)) {
      case 'b' -> statement.setBytes(index, HexFormat.of().parseHex(text));
      case 't' -> statement.setString(index, text);
      case 'r' -> statement.setDouble(index, Double.parseDouble(text));
      default -> statement.setLong(index, Long.parseLong(text));
    }
  }
}
