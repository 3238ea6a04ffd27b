package dev.lockstep.server.export;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document as it means the same elsewhere: without numbers, moments and links of this server, its
 * properties in the order of their names.
 */
final class CleanDocument {
  private static final Set<String> OURS =
      Set.of(
          "id",
          "dateCreated",
          "dateModified",
          "actions",
          "creator",
          "companyId",
          "userId",
          "listTypeDefinitionId",
          "objectDefinitionId",
          "objectDefinitionId1",
          "objectDefinitionId2",
          "objectRelationshipId");

  private static final List<String> UNSAID =
      List.of("indexedAsKeyword", "localized", "state", "unique");

  private CleanDocument() {}

  static ObjectNode of(ObjectNode document) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    for (Map.Entry<String, JsonNode> property : document.properties()) {
      if (!OURS.contains(property.getKey()) && !property.getValue().isNull()) {
        sorted.put(property.getKey(), value(property.getValue()));
      }
    }
    ObjectNode clean = JsonNodeFactory.instance.objectNode();
    sorted.forEach(clean::set);
    return clean;
  }

  private static JsonNode value(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return of(object);
    }
    if (value instanceof ArrayNode array) {
      ArrayNode clean = JsonNodeFactory.instance.arrayNode();
      array.forEach(each -> clean.add(value(each)));
      return clean;
    }
    return value;
  }

  /** A definition: fields that every object has are left out, and so is what actions did. */
  static ObjectNode definition(ObjectNode document) {
    ObjectNode copy = document.deepCopy();
    removeIf(copy, "objectFields", it -> it.path("system").booleanValue(false));
    for (JsonNode field : copy.path("objectFields")) {
      if (field instanceof ObjectNode object) {
        // A field that a relationship brought has not all that one has that was sent.
        UNSAID.stream().filter(it -> !object.has(it)).forEach(it -> object.put(it, false));
      }
    }
    for (JsonNode action : copy.path("objectActions")) {
      if (action instanceof ObjectNode object) {
        object.remove("status");
        if (object.path("parameters") instanceof ObjectNode parameters) {
          parameters.remove("secret");
        }
      }
    }
    return of(copy);
  }

  private static void removeIf(ObjectNode document, String list, Predicate<JsonNode> gone) {
    if (document.path(list) instanceof ArrayNode parts) {
      ArrayNode kept = JsonNodeFactory.instance.arrayNode();
      parts.forEach(each -> {
        if (!gone.test(each)) {
          kept.add(each);
        }
      });
      document.set(list, kept);
    }
  }
}
