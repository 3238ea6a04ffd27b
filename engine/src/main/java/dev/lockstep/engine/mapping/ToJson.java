package dev.lockstep.engine.mapping;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import org.jspecify.annotations.Nullable;

/** Any value as a JSON document: text becomes a JSON string. */
record ToJson() implements Converter {
  private static final Type TARGET = new Type.Json();

  @Override
  public Object convert(Object value) {
    return value instanceof JsonText ? value : JsonWriter.write(value);
  }

  /** A text column that holds JSON documents. */
  record OfText() implements Converter {
    @Override
    public Object convert(Object value) {
      JsonText json = new JsonText(String.valueOf(value));
      if (!JsonReader.wellFormed(json)) {
        throw Unfit.value(value, TARGET, "correct the JSON in the source");
      }
      return json;
    }
  }

  /** Converts the single value that a document holds; null for a JSON null. */
  static @Nullable Object scalar(JsonText json, Type target, Converter converter) {
    Object value = JsonReader.shallow(json);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonText) {
      throw Unfit.value(json, target, "map a field inside of it: record.field.name");
    }
    return converter.convert(value);
  }
}
