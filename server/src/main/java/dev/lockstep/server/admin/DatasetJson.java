package dev.lockstep.server.admin;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import tools.jackson.databind.node.ObjectNode;

/** Datasets and their fields. */
final class DatasetJson {
  private DatasetJson() {}

  static ObjectNode dataset(Dataset dataset) {
    ObjectNode node = Json.object();
    node.put("name", dataset.id().toString());
    node.set("key", Json.array(dataset.key(), Json::text));
    node.put("open", dataset.open());
    node.set("fields", Json.array(dataset.schema().fields(), DatasetJson::field));
    return node;
  }

  private static ObjectNode field(Field field) {
    ObjectNode node = Json.object();
    node.put("name", field.name());
    node.put("type", field.type().label());
    node.put("nullable", field.nullable());
    return node;
  }
}
