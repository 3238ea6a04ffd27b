package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code configuration} of a file of a batch client extension.
 *
 * @param document as it stands there
 */
public record UnitConfiguration(ObjectNode document) {

  /**
   * Finds it, wherever it stands in the file.
   *
   * @throws ContentDamaged when there is none, or the file cannot be read as far as it
   */
  public static UnitConfiguration read(InputStream in) throws IOException {
    try (InputStream content = ByteOrder.utf8(in);
        JsonParser parser = JsonItems.FACTORY.createParser(ObjectReadContext.empty(), content)) {
      JsonToken token = parser.nextToken();
      while (token == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = parser.currentName().equals("configuration");
        if (parser.nextToken() == JsonToken.START_OBJECT && found) {
          return switch (new JsonItems(parser).item(1)) {
            case Item.Read(long _, ObjectNode value) -> new UnitConfiguration(value);
            case Item.Damaged(long _, String _, String fault) ->
                throw new ContentDamaged("configuration: " + fault);
          };
        }
        parser.skipChildren();
      }
    } catch (JacksonException malformed) {
      throw new ContentDamaged(
          JsonItems.at(malformed.getLocation())
              + ": the content cannot be read: "
              + malformed.getOriginalMessage());
    }
    throw new ContentDamaged(
        "the file has no configuration; begin it with {\"configuration\": {\"className\": …}, …}");
  }

  public String className() {
    return document.path("className").asString("");
  }

  /** {@code taskItemDelegateName}, which old files have among the parameters; empty for none. */
  public String delegate() {
    String own = document.path("taskItemDelegateName").asString("");
    return own.isEmpty() ? parameters().getOrDefault("taskItemDelegateName", "") : own;
  }

  public String callback() {
    return document.path("callbackURL").asString("");
  }

  /** What would be parameters of the request. */
  public Map<String, String> parameters() {
    return texts(document.path("parameters"));
  }

  /** Names in the file, and the fields they mean. */
  public Map<String, String> fieldNames() {
    return texts(document.path("fieldNameMappingMap"));
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      if (!property.getValue().isNull()) {
        texts.put(
            property.getKey(),
            property.getValue().isContainer()
                ? property.getValue().toString()
                : property.getValue().asString());
      }
    }
    return texts;
  }
}
