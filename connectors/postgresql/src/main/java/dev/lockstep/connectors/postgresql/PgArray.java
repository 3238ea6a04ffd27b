package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import dev.lockstep.connectors.jdbc.UnfitException;
import dev.lockstep.connectors.jdbc.Values;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array; binary if its elements are, else text as a whole. One of several dimensions, or counted
 * from another index than 1, is a {@link Special}.
 *
 * @param castType the array's own type
 * @param elementOid the type of its elements, which may be a domain
 * @param delimiter what stands between its elements in text
 */
record PgArray(PgCodec element, Type.ListOf type, String castType, int elementOid, char delimiter)
    implements PgCodec {

  @Override
  public boolean isBinary() {
    return element.isBinary();
  }

  @Override
  public String comparable(String expression) {
    return expression + "::text";
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
    if (dimensions > 1 || (dimensions == 1 && PgBuffer.getInt(from, offset + 16) != 1)) {
      return special(from, offset, dimensions);
    }
    int count = dimensions == 0 ? 0 : PgBuffer.getInt(from, offset + 12);
    return list(elements(from, offset + 20, count));
  }

  private List<@Nullable Object> elements(byte[] from, int offset, int count)
      throws UnfitException {
    List<@Nullable Object> elements = new ArrayList<>(count);
    int at = offset;
    for (int i = 0; i < count; i++) {
      int size = PgBuffer.getInt(from, at);
      elements.add(size < 0 ? null : element.decode(from, at + 4, size));
      at += 4 + Math.max(size, 0);
    }
    return elements;
  }

  private Special special(byte[] from, int offset, int dimensions) throws UnfitException {
    int[] lengths = new int[dimensions];
    int[] lowerBounds = new int[dimensions];
    int count = 1;
    for (int i = 0; i < dimensions; i++) {
      lengths[i] = PgBuffer.getInt(from, offset + 12 + 8 * i);
      lowerBounds[i] = PgBuffer.getInt(from, offset + 16 + 8 * i);
      count *= lengths[i];
    }
    return special(lengths, lowerBounds, elements(from, offset + 12 + 8 * dimensions, count));
  }

  private Special special(int[] lengths, int[] lowerBounds, List<@Nullable Object> elements) {
    List<@Nullable String> texts = new ArrayList<>(elements.size());
    for (Object each : elements) {
      texts.add(each == null ? null : element.print(each));
    }
    return new Special(new PgArrayText(lengths, lowerBounds, texts).print(delimiter));
  }

  @Override
  public void encode(PgBuffer out, Object value) {
    if (!isBinary()) {
      out.putText(print(value));
    } else if (value instanceof List<?> elements) {
      boolean empty = elements.isEmpty();
      header(out, empty ? 0 : 1, elements.contains(null));
      if (!empty) {
        out.putInt(elements.size());
        out.putInt(1);
        elements(out, elements);
      }
    } else {
      encode(out, (Special) value);
    }
  }

  private void header(PgBuffer out, int dimensions, boolean nulls) {
    out.putInt(dimensions);
    out.putInt(nulls ? 1 : 0);
    out.putInt(elementOid);
  }

  private void elements(PgBuffer out, List<?> elements) {
    for (Object each : elements) {
      int start = out.size();
      out.putInt(-1);
      if (each != null) {
        element.encode(out, each);
        out.putIntAt(start, out.size() - start - 4);
      }
    }
  }

  private void encode(PgBuffer out, Special special) {
    try {
      PgArrayText array = PgArrayText.parse(special.text(), delimiter);
      header(out, array.lengths().length, array.elements().contains(null));
      for (int i = 0; i < array.lengths().length; i++) {
        out.putInt(array.lengths()[i]);
        out.putInt(array.lowerBounds()[i]);
      }
      elements(out, parsed(array));
    } catch (UnfitException e) {
      throw new IllegalArgumentException("not what fit returned: " + e.fault(), e);
    }
  }

  private List<@Nullable Object> parsed(PgArrayText array) throws UnfitException {
    List<@Nullable Object> elements = new ArrayList<>(array.elements().size());
    for (String text : array.elements()) {
      elements.add(text == null ? null : element.parse(text));
    }
    return elements;
  }

  @Override
  public Object parse(String text) throws UnfitException {
    PgArrayText array = PgArrayText.parse(text, delimiter);
    List<@Nullable Object> elements = parsed(array);
    // Written anew, so that one value has one text whatever way it came.
    return array.isList()
        ? list(elements)
        : special(array.lengths(), array.lowerBounds(), elements);
  }

  @Override
  public String print(Object value) {
    if (!(value instanceof List<?> elements)) {
      return value.toString();
    }
    StringBuilder text = new StringBuilder("{");
    for (Object each : elements) {
      if (text.length() > 1) {
        text.append(delimiter);
      }
      if (each == null) {
        text.append("NULL");
      } else {
        PgArrayText.quote(text, element.print(each));
      }
    }
    return text.append('}').toString();
  }

  @Override
  public Object fit(Object value) throws UnfitException {
    if (value instanceof Special special) {
      return fit(special);
    }
    List<@Nullable Object> fitted = new ArrayList<>();
    for (Object each : (List<?>) Values.carrier(type, value)) {
      fitted.add(each == null ? null : element.fit(each));
    }
    return list(fitted);
  }

  private Special fit(Special special) throws UnfitException {
    try {
      PgArrayText array = PgArrayText.parse(special.text(), delimiter);
      for (Object each : parsed(array)) {
        if (each != null) {
          element.fit(each);
        }
      }
      return special;
    } catch (UnfitException | IllegalArgumentException | DateTimeException e) {
      throw Values.special(type, special);
    }
  }
}
