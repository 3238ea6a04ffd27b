package dev.lockstep.hub;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Type;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Entries as JSON, in the API and in the event log alike: system fields first, then the declared
 * ones in the file's order. Numbers keep every digit, moments are UTC, bytes are base64.
 */
public final class EntryJson {
  /**
   * One factory for all JSON of the hub: a field that stands twice is refused, and so is depth
   * beyond 200.
   */
  public static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(200).maxNameLength(1000).build())
          .build();

  private EntryJson() {}

  /** Writes an entry as one object. */
  public static void write(JsonGenerator json, Entry entry) {
    json.writeStartObject();
    json.writeStringProperty("externalReferenceCode", entry.externalReferenceCode());
    json.writeNumberProperty("id", entry.id());
    json.writeStringProperty("dateCreated", entry.dateCreated().toString());
    json.writeStringProperty("dateModified", entry.dateModified().toString());
    json.writeNumberProperty("version", entry.version());
    var schema = entry.values().schema();
    for (int i = 0; i < schema.size(); i++) {
      json.writeName(schema.field(i).name());
      value(json, entry.values().get(i));
    }
    json.writeEndObject();
  }

  static byte[] bytes(Entry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(json, entry);
    }
    return bytes.toByteArray();
  }

  /** Writes one value of a field, in the form its type has in JSON. */
  public static void value(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean bool -> json.writeBoolean(bool);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number.toPlainString());
      case byte[] bytes -> json.writeString(Base64.getEncoder().encodeToString(bytes));
      case JsonText text -> json.writeRawValue(text.text());
      default -> json.writeString(value.toString());
    }
  }

  /**
   * Reads one object as a draft, from its opening brace to its closing one. Values come as they
   * stand; {@link Hub} checks them.
   *
   * @throws tools.jackson.core.JacksonException when it is no JSON, or not an object
   */
  public static Draft read(ObjectDefinition definition, JsonParser json) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    String code = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      boolean whole =
          definition.field(name).map(field -> field.type() instanceof Type.Json).orElse(false);
      Object value =
          whole && json.currentToken() != JsonToken.VALUE_NULL ? tree(json) : scalar(json);
      if (name.equals(SystemField.EXTERNAL_REFERENCE_CODE.title())) {
        code = value == null ? null : value.toString();
      } else {
        values.put(name, value);
      }
    }
    return new Draft(code, values);
  }

  private static @Nullable Object scalar(JsonParser json) {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> json.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT ->
          json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) new BigDecimal(json.getString())
              : (Object) json.getLongValue();
      case VALUE_NUMBER_FLOAT -> new BigDecimal(json.getString());
      case START_OBJECT, START_ARRAY -> tree(json);
      default -> throw new IllegalStateException("token " + json.currentToken());
    };
  }

  private static JsonText tree(JsonParser json) {
    StringWriter text = new StringWriter();
    try (JsonGenerator copy = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      copy.copyCurrentStructureExact(json);
    }
    return new JsonText(text.toString());
  }

  static String quoted(String text) {
    StringWriter quoted = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), quoted)) {
      json.writeString(text);
    }
    return quoted.toString();
  }

  /** Texts as a JSON array, for a query of its elements. */
  static String array(Iterable<String> texts) {
    StringWriter array = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), array)) {
      json.writeStartArray();
      texts.forEach(json::writeString);
      json.writeEndArray();
    }
    return array.toString();
  }

  /**
   * Reads an entry that {@link #bytes} wrote, against today's definition: fields it lacks are null.
   */
  static Entry entry(ObjectTable table, byte[] bytes) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      json.nextToken();
      Draft draft = read(table.definition(), json);
      Map<String, @Nullable Object> all = draft.values();
      return new Entry(
          String.valueOf(draft.externalReferenceCode()),
          number(all, SystemField.ID),
          moment(all, SystemField.DATE_CREATED),
          moment(all, SystemField.DATE_MODIFIED),
          number(all, SystemField.VERSION),
          table.stored(all));
    }
  }

  private static long number(Map<String, @Nullable Object> values, SystemField field) {
    return values.get(field.title()) instanceof Long number ? number : 0;
  }

  private static Instant moment(Map<String, @Nullable Object> values, SystemField field) {
    return Instant.parse(String.valueOf(values.get(field.title())));
  }
}
