package dev.lockstep.connectors.file;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connectors.file.FieldText.MisfitException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Makes rows of JSON objects: declared fields in their types, all others as they come. */
final class JsonRows {
  private static final int SCHEMAS = 256;

  private final Reading reading;
  private final Schema declared;
  private final Map<List<String>, Schema> schemas =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Schema> eldest) {
          // Invariant 8: objects of ever new shapes must not fill the memory.
          return size() > SCHEMAS;
        }
      };

  JsonRows(Reading reading) {
    this.reading = reading;
    this.declared = reading.shape().schema();
  }

  /** Reads the object at the parser's token, to its end. */
  Row row(JsonParser parser) throws MisfitException {
    if (!JsonLines.opensObject(parser)) {
      throw new MisfitException("a record is a JSON object, not " + word(parser.currentToken()));
    }
    @Nullable Object[] known = new @Nullable Object[declared.size()];
    Arrays.fill(known, Row.ABSENT);
    Map<String, @Nullable Object> more = new LinkedHashMap<>();
    MisfitException misfit = null;
    int depth = parser.streamReadContext().getNestingDepth();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      try {
        put(parser, name, known, more);
      } catch (MisfitException e) {
        misfit = e;
        while (parser.streamReadContext().getNestingDepth() > depth) {
          parser.nextToken();
        }
      }
    }
    if (misfit != null) {
      throw misfit;
    }
    return whole(known, more);
  }

  private static String word(JsonToken token) {
    if (token == JsonToken.START_ARRAY) {
      return "an array";
    }
    if (token == JsonToken.VALUE_NULL) {
      return "null";
    }
    return token.isNumeric() ? "a number" : token.isBoolean() ? "true or false" : "a text";
  }

  private void put(
      JsonParser parser, String name, @Nullable Object[] known, Map<String, @Nullable Object> more)
      throws MisfitException {
    int index = declared.indexOf(name);
    boolean twice = index < 0 ? more.containsKey(name) : known[index] != Row.ABSENT;
    if (twice) {
      throw new MisfitException("field '" + name + "' stands twice");
    }
    try {
      if (index < 0) {
        more.put(name, JsonValues.value(parser, new Type.Any()));
      } else {
        known[index] = JsonValues.value(parser, declared.field(index).type());
      }
    } catch (MisfitException e) {
      throw new MisfitException(name + ": " + e.getMessage());
    }
  }

  private Row whole(@Nullable Object[] known, Map<String, @Nullable Object> more)
      throws MisfitException {
    Row row = more.isEmpty() ? new Row(declared, known) : extended(known, more);
    String empty = reading.emptyKey(row);
    if (empty != null) {
      throw new MisfitException("key field '" + empty + "' is empty");
    }
    return row;
  }

  private Row extended(@Nullable Object[] known, Map<String, @Nullable Object> more) {
    Schema schema = schemas.computeIfAbsent(List.copyOf(more.keySet()), this::schema);
    @Nullable Object[] values = Arrays.copyOf(known, schema.size());
    int at = known.length;
    for (Object value : more.values()) {
      values[at++] = value;
    }
    return new Row(schema, values);
  }

  private Schema schema(List<String> more) {
    List<Field> fields = new ArrayList<>(declared.fields());
    more.forEach(name -> fields.add(Field.of(name, new Type.Any())));
    return new Schema(fields);
  }
}
