package dev.lockstep.demo.systems;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What happened to an entry, as a webhook of Liferay's shape tells it.
 *
 * @param id stays the same however often it is sent
 * @param code the entry's external reference code
 * @param deleted whether the entry is gone
 */
record ObjectEvent(String id, String code, boolean deleted, JsonNode properties) {

  /**
   * @param object the name of the object whose entries these are
   */
  static ObjectEvent read(Call call, String object) {
    JsonNode entry = call.body().path("objectEntryDTO" + object);
    List<String> ids = call.headers().getOrDefault("webhook-id", List.of());
    if (!entry.isObject() || ids.size() != 1) {
      throw new IllegalArgumentException("this is no event of " + object);
    }
    return new ObjectEvent(
        ids.getFirst(),
        entry.path("externalReferenceCode").asString(),
        call.body().path("objectActionTriggerKey").asString().equals("onAfterDelete"),
        entry.path("properties"));
  }

  String text(String property) {
    JsonNode value = properties.path(property);
    return (value.isObject() ? value.path("key") : value).asString("");
  }
}
