package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The elements of one JSON array, or of {@code items} in an object, whatever stands around them and
 * in whatever order.
 */
final class JsonReader implements ItemReader {
  static final ObjectMapper JSON =
      JsonMapper.builder(JsonItems.FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final JsonParser parser;
  private final JsonItems items;
  private final boolean within;
  private long index;
  private boolean ended;

  private JsonReader(InputStream in, boolean within) throws IOException {
    this.parser = JsonItems.FACTORY.createParser(ObjectReadContext.empty(), ByteOrder.utf8(in));
    this.items = new JsonItems(parser);
    this.within = within;
  }

  /** Reads an array. */
  static JsonReader array(InputStream in) throws IOException {
    JsonReader reader = new JsonReader(in, false);
    return reader.begun(() -> {
      if (reader.parser.nextToken() != JsonToken.START_ARRAY) {
        throw new ContentDamaged(
            reader.here() + ": the content is no JSON array; send the items as [{…}, {…}]");
      }
    });
  }

  /** Reads {@code items} of an object, as files of batch client extensions have them. */
  static JsonReader unit(InputStream in) throws IOException {
    JsonReader reader = new JsonReader(in, true);
    return reader.begun(() -> {
      if (reader.parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ContentDamaged(
            reader.here()
                + ": the content is no JSON object; send {\"configuration\": {…}, \"items\":"
                + " […]}");
      }
      if (!reader.toItems()) {
        throw new ContentDamaged(
            reader.here() + ": the object has no 'items'; send \"items\": [{…}, {…}]");
      }
    });
  }

  /** A step that reads on. */
  private interface Step {
    void take() throws IOException;
  }

  private JsonReader begun(Step step) throws IOException {
    try {
      step.take();
      return this;
    } catch (JacksonException malformed) {
      close();
      throw damaged(malformed);
    } catch (IOException failed) {
      close();
      throw failed;
    }
  }

  /** Goes to the items among the properties of an object; false when its end comes first. */
  private boolean toItems() throws ContentDamaged {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean found = parser.currentName().equals("items");
      JsonToken token = parser.nextToken();
      if (found && token == JsonToken.START_ARRAY) {
        return true;
      }
      if (found && token != JsonToken.VALUE_NULL) {
        throw new ContentDamaged(here() + ": 'items' is no array; send \"items\": [{…}, {…}]");
      }
      parser.skipChildren();
    }
    return false;
  }

  @Override
  public @Nullable Item next() throws IOException {
    if (ended) {
      return null;
    }
    try {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.END_ARRAY) {
        finish();
        ended = true;
        return null;
      }
      Item item = items.item(index + 1);
      index++;
      return item;
    } catch (JacksonException malformed) {
      throw damaged(malformed);
    }
  }

  /** After the last item nothing else may come: a document that was cut or glued is told. */
  private void finish() throws ContentDamaged {
    if (within && toItems()) {
      throw new ContentDamaged(here() + ": 'items' stands twice; send all items in one array");
    }
    if (parser.nextToken() != null) {
      throw new ContentDamaged(
          here() + ": something stands after the end; all " + index + " items before it were read");
    }
  }

  private String here() {
    return JsonItems.at(parser.currentTokenLocation());
  }

  private IOException damaged(JacksonException malformed) {
    if (malformed instanceof JacksonIOException
        && malformed.getCause() instanceof IOException failed) {
      return failed;
    }
    return new ContentDamaged(
        JsonItems.at(malformed.getLocation())
            + ": the content cannot be read beyond item "
            + index
            + ": "
            + malformed.getOriginalMessage());
  }

  @Override
  public void close() {
    parser.close();
  }
}
