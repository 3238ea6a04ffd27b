package dev.lockstep.connectors.http;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Special;
import dev.lockstep.connectors.http.Resource.Shape;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes records as JSON. Thread-safe. */
final class BodyWriter {
  private final JsonFactory factory;
  private final int maxRecord;

  BodyWriter(JsonFactory factory, int maxRecord) {
    this.factory = factory;
    this.maxRecord = maxRecord;
  }

  /** A record's body; key fields that the row lacks are added. */
  byte[] record(Shape shape, List<String> keyNames, Key key, Row row) throws Unfitting {
    return write(json -> {
      open(json, shape.wrap());
      json.writeStartObject();
      writeMissingKey(json, shape, keyNames, key, row);
      writeFields(json, shape, row);
      json.writeEndObject();
      close(json, shape.wrap());
    });
  }

  /** A record that is no more than its key, as a bulk deletion names it. */
  byte[] key(List<String> keyNames, Key key) throws Unfitting {
    return write(json -> {
      json.writeStartObject();
      for (int i = 0; i < keyNames.size(); i++) {
        json.writeName(keyNames.get(i));
        writeValue(json, key.parts().get(i));
      }
      json.writeEndObject();
    });
  }

  /** The body of a call for many records, each written already. */
  byte[] array(FieldPath wrap, List<byte[]> records) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(records.size() * 128 + 64);
    for (String name : wrap.names()) {
      out.writeBytes("{".getBytes(StandardCharsets.UTF_8));
      out.writeBytes(quoted(name));
      out.write(':');
    }
    out.write('[');
    for (int i = 0; i < records.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(records.get(i));
    }
    out.write(']');
    wrap.names().forEach(name -> out.write('}'));
    return out.toByteArray();
  }

  private byte[] quoted(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeString(name);
    }
    return out.toByteArray();
  }

  private interface Body {
    void write(JsonGenerator json) throws Unfitting;
  }

  private byte[] write(Body body) throws Unfitting {
    Bounded out = new Bounded(maxRecord);
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
      body.write(json);
    } catch (TooLarge tooLarge) {
      throw new Unfitting("the record is larger than " + maxRecord + " bytes", "raise maxRecord");
    } catch (JacksonException refused) {
      throw new Unfitting(
          "the record cannot be written as JSON: " + Faults.firstLine(refused), "correct it");
    }
    return out.toByteArray();
  }

  private static void open(JsonGenerator json, FieldPath wrap) {
    for (String name : wrap.names()) {
      json.writeStartObject();
      json.writeName(name);
    }
  }

  private static void close(JsonGenerator json, FieldPath wrap) {
    wrap.names().forEach(name -> json.writeEndObject());
  }

  private static void writeMissingKey(
      JsonGenerator json, Shape shape, List<String> keyNames, Key key, Row row) throws Unfitting {
    for (int i = 0; i < keyNames.size(); i++) {
      String name = keyNames.get(i);
      if (row.get(name) == Row.ABSENT && !shape.omit().contains(name)) {
        json.writeName(name);
        writeValue(json, key.parts().get(i));
      }
    }
  }

  private static void writeFields(JsonGenerator json, Shape shape, Row row) throws Unfitting {
    Schema schema = row.schema();
    for (int i = 0; i < schema.size(); i++) {
      Object value = row.get(i);
      String name = schema.field(i).name();
      if (value == Row.ABSENT && shape.refuseAbsent()) {
        throw new Unfitting(
            "the source did not send field '" + name + "'", "send it, or write absent: omit");
      }
      if (value == Row.ABSENT || shape.omit().contains(name)) {
        continue;
      }
      json.writeName(name);
      try {
        writeValue(json, value);
      } catch (Unfitting unfit) {
        throw new Unfitting("field '" + name + "': " + unfit.fault(), unfit.remedy());
      }
    }
  }

  private static void writeValue(JsonGenerator json, @Nullable Object value) throws Unfitting {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(wellFormed(text));
      case Long number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      case BigDecimal number -> json.writeNumber(number);
      case Double number -> writeDouble(json, number);
      case byte[] bytes -> json.writeBinary(bytes);
      case JsonText document -> json.writeRawValue(document.text());
      case List<?> list -> writeList(json, list);
      case Special special ->
          throw new Unfitting("'" + special + "' has no form in JSON", Special.REMEDY);
      case Integer number -> json.writeNumber(number);
      case BigInteger number -> json.writeNumber(number);
      case LocalDate date -> json.writeString(date.toString());
      case Instant moment -> json.writeString(moment.toString());
      // Not toString: it leaves out seconds that are zero, which many APIs refuse.
      case LocalTime time -> json.writeString(ISO_LOCAL_TIME.format(time));
      case LocalDateTime time -> json.writeString(ISO_LOCAL_DATE_TIME.format(time));
      default ->
          throw new Unfitting(
              "a value of " + value.getClass().getName() + " has no form in JSON",
              "map it to text");
    }
  }

  /** The JSON library would write half a surrogate pair as something else. */
  private static String wellFormed(String text) throws Unfitting {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPair(text, i)) {
          throw new Unfitting("the text holds half a surrogate pair", "correct it at its source");
        }
        i++;
      }
    }
    return text;
  }

  private static boolean isPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }

  private static void writeDouble(JsonGenerator json, double number) throws Unfitting {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new Unfitting("JSON has no number " + number, "map it to null or text");
    }
    json.writeNumber(number);
  }

  private static void writeList(JsonGenerator json, List<?> list) throws Unfitting {
    json.writeStartArray();
    for (Object element : list) {
      writeValue(json, element);
    }
    json.writeEndArray();
  }

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Bounded extends ByteArrayOutputStream {
    private final int max;

    Bounded(int max) {
      super(256);
      this.max = max;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      if (length > max - count) {
        throw new TooLarge();
      }
      super.write(bytes, offset, length);
    }
  }
}
