package dev.lockstep.hub.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What documents of all kinds have in common. */
public final class Documents {
  static final JsonMapper JSON = JsonMapper.shared();

  private Documents() {}

  /** A text of a document; empty when it is not there, or no text. */
  public static String text(JsonNode document, String name) {
    JsonNode value = document.path(name);
    return value.isString() || value.isNumber() || value.isBoolean() ? value.asString() : "";
  }

  /** The objects of a list in a document; none when there is no such list. */
  static List<ObjectNode> parts(JsonNode document, String name) {
    List<ObjectNode> parts = new ArrayList<>();
    for (JsonNode part : document.path(name)) {
      if (part instanceof ObjectNode object) {
        parts.add(object);
      }
    }
    return parts;
  }

  static void replace(ObjectNode document, String name, List<ObjectNode> parts) {
    ArrayNode array = document.putArray(name);
    parts.forEach(array::add);
  }

  static Optional<ObjectNode> part(JsonNode document, String list, String name, String value) {
    return parts(document, list).stream().filter(it -> text(it, name).equals(value)).findFirst();
  }

  /** The label in the default language, else any, else the name. */
  public static String label(JsonNode document, String name) {
    JsonNode labels = document.path(name);
    String language = text(document, "defaultLanguageId");
    JsonNode label = labels.path(language.isEmpty() ? "en_US" : language);
    if (!label.isString() && !labels.isEmpty()) {
      label = labels.iterator().next();
    }
    return label.isString() ? label.stringValue() : text(document, "name");
  }

  static String lowerFirst(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  static ObjectNode parse(String text) {
    return (ObjectNode) JSON.readTree(text);
  }
}
