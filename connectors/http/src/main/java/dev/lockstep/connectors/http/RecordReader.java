package dev.lockstep.connectors.http;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Makes rows of JSON records. In an open dataset every new name widens the schema; rows made before
 * are {@link Row#ABSENT} there. Used by one thread.
 */
final class RecordReader {
  /** Records with ever new names end a page, so that rows stay narrow. */
  private static final int MOST_NEW_NAMES = 512;

  private final Dataset dataset;
  private final JsonFactory factory;
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private Schema schema;
  private List<Field> wider;

  RecordReader(Dataset dataset, JsonFactory factory) {
    this.dataset = dataset;
    this.factory = factory;
    this.schema = dataset.schema();
    this.wider = new ArrayList<>(schema.fields());
  }

  int size() {
    return rows.size();
  }

  boolean isWide() {
    return wider.size() - dataset.schema().size() > MOST_NEW_NAMES;
  }

  /** Reads a record and keeps its row; nothing is kept when it throws. */
  void add(byte[] json) throws Unfitting {
    rows.add(read(json));
  }

  /** The rows kept since the last call, all with one schema. */
  List<Row> takeRows() {
    if (wider.size() > schema.size()) {
      schema = new Schema(wider);
    }
    List<Row> taken = new ArrayList<>(rows.size());
    for (@Nullable Object[] values : rows) {
      taken.add(new Row(schema, widened(values)));
    }
    rows.clear();
    if (isWide()) {
      schema = dataset.schema();
      wider = new ArrayList<>(schema.fields());
    }
    return taken;
  }

  private @Nullable Object[] widened(@Nullable Object[] values) {
    if (values.length == schema.size()) {
      return values;
    }
    @Nullable Object[] wide = Arrays.copyOf(values, schema.size());
    Arrays.fill(wide, values.length, wide.length, Row.ABSENT);
    return wide;
  }

  private @Nullable Object[] read(byte[] json) throws Unfitting {
    int known = wider.size();
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Unfitting("the record is no JSON object", "check where the list's items are");
      }
      @Nullable Object[] values = fields(parser);
      refuseMissingKey(values);
      return values;
    } catch (StreamConstraintsException tooMuch) {
      forget(known);
      throw new Unfitting(
          "a number, name or nesting is beyond bounds: " + Faults.firstLine(tooMuch),
          "correct it at its source");
    } catch (JacksonException notJson) {
      forget(known);
      throw new Unfitting(
          "the record is not valid JSON: " + Faults.firstLine(notJson), "correct it at its source");
    } catch (Unfitting unfit) {
      forget(known);
      throw unfit;
    }
  }

  private void forget(int known) {
    wider.subList(known, wider.size()).clear();
  }

  private @Nullable Object[] fields(JsonParser parser) throws Unfitting {
    @Nullable Object[] values = new @Nullable Object[Math.max(wider.size(), 8)];
    Arrays.fill(values, Row.ABSENT);
    String name;
    while ((name = parser.nextName()) != null) {
      int index = indexOf(name);
      parser.nextToken();
      if (index < 0) {
        parser.skipChildren();
        continue;
      }
      if (index >= values.length) {
        int before = values.length;
        values = Arrays.copyOf(values, before * 2);
        Arrays.fill(values, before, values.length, Row.ABSENT);
      }
      Field field = wider.get(index);
      values[index] = value(parser, field, index);
    }
    return Arrays.copyOf(values, wider.size());
  }

  private @Nullable Object value(JsonParser parser, Field field, int index) throws Unfitting {
    Type type = index < dataset.schema().size() ? field.type() : ANY;
    try {
      return JsonValues.read(parser, type);
    } catch (Unfitting unfit) {
      throw new Unfitting("field '" + field.name() + "': " + unfit.fault(), unfit.remedy());
    }
  }

  private int indexOf(String name) {
    int index = schema.indexOf(name);
    if (index >= 0 || !dataset.open()) {
      return index;
    }
    for (int i = schema.size(); i < wider.size(); i++) {
      if (wider.get(i).name().equals(name)) {
        return i;
      }
    }
    wider.add(new Field(name, ANY, true));
    return wider.size() - 1;
  }

  private void refuseMissingKey(@Nullable Object[] values) throws Unfitting {
    for (String part : dataset.key()) {
      Object value = values[dataset.schema().indexOf(part)];
      if (value == null || value == Row.ABSENT) {
        throw new Unfitting(
            "key field '" + part + "' is empty", "give the record a key at its source");
      }
    }
  }

  private static final Type ANY = new Type.Any();
}
