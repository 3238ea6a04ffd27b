package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Type;
import dev.lockstep.connectors.jdbc.UnfitException;
import dev.lockstep.connectors.jdbc.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of one dimension; binary if its elements are, else text as a whole. */
record PgArray(PgCodec element, Type.ListOf type, int elementOid) implements PgCodec {

  @Override
  public String castType() {
    return element.castType() + "[]";
  }

  @Override
  public boolean isBinary() {
    return element.isBinary();
  }

  @Override
  public String comparable(String expression) {
    return expression + "::text";
  }

  private static UnfitException dimensions() {
    return new UnfitException(
        "an array has several dimensions", "read the column through a view that casts it to text");
  }

  private static List<@Nullable Object> list(List<@Nullable Object> elements) {
    return Collections.unmodifiableList(elements);
  }

  @Override
  public Object decode(byte[] from, int offset, int length) throws UnfitException {
    if (!isBinary()) {
      return parse(new String(from, offset, length, StandardCharsets.UTF_8));
    }
    int dimensions = PgBuffer.getInt(from, offset);
    if (dimensions > 1) {
      throw dimensions();
    }
    List<@Nullable Object> elements = new ArrayList<>();
    int count = dimensions == 0 ? 0 : PgBuffer.getInt(from, offset + 12);
    int at = offset + 20;
    for (int i = 0; i < count; i++) {
      int size = PgBuffer.getInt(from, at);
      elements.add(size < 0 ? null : element.decode(from, at + 4, size));
      at += 4 + Math.max(size, 0);
    }
    return list(elements);
  }

  @Override
  public void encode(PgBuffer out, Object value) {
    if (!isBinary()) {
      out.putText(print(value));
      return;
    }
    List<?> elements = (List<?>) value;
    out.putInt(elements.isEmpty() ? 0 : 1);
    out.putInt(elements.contains(null) ? 1 : 0);
    out.putInt(elementOid);
    if (elements.isEmpty()) {
      return;
    }
    out.putInt(elements.size());
    out.putInt(1);
    for (Object each : elements) {
      int start = out.size();
      out.putInt(-1);
      if (each != null) {
        element.encode(out, each);
        out.putIntAt(start, out.size() - start - 4);
      }
    }
  }

  @Override
  public Object parse(String text) throws UnfitException {
    int at = text.indexOf('{') + 1;
    List<@Nullable Object> elements = new ArrayList<>();
    while (text.charAt(at) != '}') {
      if (text.charAt(at) == '{') {
        throw dimensions();
      }
      StringBuilder token = new StringBuilder();
      boolean quoted = text.charAt(at) == '"';
      at = quoted ? quoted(text, at + 1, token) : bare(text, at, token);
      boolean isNull = !quoted && token.toString().equals("NULL");
      elements.add(isNull ? null : element.parse(token.toString()));
      at += text.charAt(at) == ',' ? 1 : 0;
    }
    return list(elements);
  }

  private static int quoted(String text, int from, StringBuilder token) {
    int at = from;
    while (text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 1 : 0;
      token.append(text.charAt(at++));
    }
    return at + 1;
  }

  private static int bare(String text, int from, StringBuilder token) {
    int at = from;
    while (text.charAt(at) != ',' && text.charAt(at) != '}') {
      token.append(text.charAt(at++));
    }
    return at;
  }

  @Override
  public String print(Object value) {
    StringBuilder text = new StringBuilder("{");
    for (Object each : (List<?>) value) {
      text.append(text.length() == 1 ? "" : ",");
      if (each == null) {
        text.append("NULL");
      } else {
        String plain = element.print(each).replace("\\", "\\\\").replace("\"", "\\\"");
        text.append('"').append(plain).append('"');
      }
    }
    return text.append('}').toString();
  }

  @Override
  public Object fit(Object value) throws UnfitException {
    List<@Nullable Object> fitted = new ArrayList<>();
    for (Object each : (List<?>) Values.carrier(type, value)) {
      fitted.add(each == null ? null : element.fit(each));
    }
    return list(fitted);
  }
}
