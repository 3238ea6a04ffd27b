package dev.lockstep.engine.mapping;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Carriers as JSON documents; dates and times become their ISO text. */
final class JsonWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Type TARGET = new Type.Json();
  private static final ToText TEXT = new ToText(Type.Text.unlimited());

  private JsonWriter() {}

  static JsonText write(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(out, value);
    } catch (JacksonException e) {
      throw Unfit.value(value, TARGET, "make it simpler: " + e.getOriginalMessage());
    }
    return new JsonText(text.toString());
  }

  private static void write(JsonGenerator out, @Nullable Object value) {
    switch (value) {
      case null -> out.writeNull();
      case Map<?, ?> map -> writeMap(out, map);
      case List<?> list -> {
        out.writeStartArray();
        list.forEach(element -> write(out, element));
        out.writeEndArray();
      }
      case JsonText json -> out.writeRawValue(json.text());
      case Boolean bool -> out.writeBoolean(bool);
      case Long number -> out.writeNumber(number);
      case BigDecimal number -> out.writeNumber(number);
      case Double number when Double.isFinite(number) -> out.writeNumber(number);
      case Double number -> throw Unfit.value(number, TARGET);
      case byte[] bytes -> throw Unfit.value(bytes, TARGET, "write base64.encode(…)");
      default -> out.writeString((String) TEXT.convert(value));
    }
  }

  private static void writeMap(JsonGenerator out, Map<?, ?> map) {
    out.writeStartObject();
    map.forEach((name, value) -> {
      out.writeName(String.valueOf(name));
      write(out, value);
    });
    out.writeEndObject();
  }
}
