package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import dev.lockstep.connectors.jdbc.UnfitException;
import dev.lockstep.connectors.jdbc.Values;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** PostgreSQL's types that travel as text, and bytea. */
final class PgTexts {
  private PgTexts() {}

  private static Object checked(Type type, Object value) throws UnfitException {
    Object text = Values.carrier(type, value);
    refuseNul(text.toString());
    return text;
  }

  private static void refuseNul(String text) throws UnfitException {
    if (text.indexOf(0) >= 0) {
      throw new UnfitException(
          "the text holds a zero character, which PostgreSQL cannot store",
          "remove it in `map`, or use a bytea column");
    }
    Values.fit(text);
  }

  /**
   * A type that is sent and received as text.
   *
   * @param own false where the column's type has another binary form and needs a cast
   * @param collated true for the types whose equality may follow a collation
   */
  record Text(String castType, boolean own, boolean collated) implements PgCodec {
    @Override
    public Object parse(String text) {
      return text;
    }

    @Override
    public String print(Object value) {
      return (String) value;
    }

    @Override
    public Object decode(byte[] from, int offset, int length) {
      return new String(from, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      out.putText((String) value);
    }

    @Override
    public boolean isBinary() {
      return own;
    }

    /** A cast would add the length of the network mask to every address. */
    @Override
    public String select(String quotedColumn) {
      return castType.equals("inet") ? "abbrev(" + quotedColumn + ")" : quotedColumn + "::text";
    }

    @Override
    public String copySelect(String quotedColumn) {
      return own ? quotedColumn : select(quotedColumn);
    }

    @Override
    public String comparable(String expression) {
      return collated ? expression + " COLLATE \"C\"" : own ? expression : expression + "::text";
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      return checked(Type.Text.unlimited(), value);
    }
  }

  /** char(n), without the blanks that PostgreSQL pads it with and takes for nothing. */
  record Padded() implements PgCodec {
    @Override
    public String castType() {
      return "bpchar";
    }

    @Override
    public Object parse(String text) {
      int end = text.length();
      while (end > 0 && text.charAt(end - 1) == ' ') {
        end--;
      }
      return text.substring(0, end);
    }

    @Override
    public String print(Object value) {
      return (String) value;
    }

    @Override
    public Object decode(byte[] from, int offset, int length) {
      int end = length;
      while (end > 0 && from[offset + end - 1] == ' ') {
        end--;
      }
      return new String(from, offset, end, StandardCharsets.UTF_8);
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      out.putText((String) value);
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      return parse((String) checked(Type.Text.unlimited(), value));
    }
  }

  /** bpchar without a length: nothing pads it, so its blanks are its own. */
  record Blank() implements PgCodec {
    @Override
    public String castType() {
      return "bpchar";
    }

    /** A cast to text would cut the blanks, and equality does not see them. */
    @Override
    public String select(String quotedColumn) {
      return "textin(bpcharout(" + quotedColumn + "))";
    }

    @Override
    public String comparable(String expression) {
      return select(expression) + " COLLATE \"C\"";
    }

    @Override
    public Object parse(String text) {
      return text;
    }

    @Override
    public String print(Object value) {
      return (String) value;
    }

    @Override
    public Object decode(byte[] from, int offset, int length) {
      return new String(from, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      out.putText((String) value);
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      return checked(Type.Text.unlimited(), value);
    }
  }

  /** json, whose binary form is its text, or jsonb, where a version byte stands before it. */
  record Json(boolean versioned) implements PgCodec {
    @Override
    public String castType() {
      return versioned ? "jsonb" : "json";
    }

    @Override
    public Object parse(String text) {
      return new JsonText(text);
    }

    @Override
    public String print(Object value) {
      return ((JsonText) value).text();
    }

    @Override
    public Object decode(byte[] from, int offset, int length) {
      int skip = versioned ? 1 : 0;
      return new JsonText(new String(from, offset + skip, length - skip, StandardCharsets.UTF_8));
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      if (versioned) {
        out.putByte(1);
      }
      out.putText(((JsonText) value).text());
    }

    /** json has no equality, and jsonb's takes 1.0 and 1.00 for the same. */
    @Override
    public String comparable(String expression) {
      return expression + "::text";
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      return checked(new Type.Json(), value);
    }
  }

  /** uuid. */
  record Uuid() implements PgCodec {
    @Override
    public String castType() {
      return "uuid";
    }

    @Override
    public Object parse(String text) {
      return text;
    }

    @Override
    public String print(Object value) {
      return (String) value;
    }

    @Override
    public Object decode(byte[] from, int offset, int length) {
      return new UUID(PgBuffer.getLong(from, offset), PgBuffer.getLong(from, offset + 8))
          .toString();
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      UUID uuid = UUID.fromString((String) value);
      out.putLong(uuid.getMostSignificantBits());
      out.putLong(uuid.getLeastSignificantBits());
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      String text = ((String) Values.carrier(Type.Text.unlimited(), value)).strip();
      try {
        String canonical = UUID.fromString(text).toString();
        if (canonical.equals(text.toLowerCase(Locale.ROOT))) {
          return canonical;
        }
      } catch (IllegalArgumentException e) {
        // Said below, for both ways of not being one.
      }
      throw new UnfitException("'" + text + "' is no uuid", "correct it at the source");
    }
  }

  /** bytea. */
  record Bytes() implements PgCodec {
    @Override
    public String castType() {
      return "bytea";
    }

    @Override
    public Object parse(String text) {
      return HexFormat.of().parseHex(text, 2, text.length());
    }

    @Override
    public String print(Object value) {
      return "\\x" + HexFormat.of().formatHex((byte[]) value);
    }

    @Override
    public Object decode(byte[] from, int offset, int length) {
      byte[] bytes = new byte[length];
      System.arraycopy(from, offset, bytes, 0, length);
      return bytes;
    }

    @Override
    public void encode(PgBuffer out, Object value) {
      out.putBytes((byte[]) value);
    }

    @Override
    public Object fit(Object value) throws UnfitException {
      return Values.carrier(new Type.Bytes(), value);
    }
  }
}
