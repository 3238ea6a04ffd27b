package dev.lockstep.hub.action;

import dev.lockstep.connector.JsonText;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryJson;
import dev.lockstep.hub.HubEvent;
import dev.lockstep.hub.object.BusinessType;
import dev.lockstep.hub.object.DefinedAction;
import dev.lockstep.hub.object.DefinedField;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Model;
import dev.lockstep.hub.object.Picklist;
import java.io.StringWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of a webhook as Liferay writes it. What Lockstep has none of, such as companies and
 * numbered users, is 0.
 */
final class Payload {
  private final Model model;
  private final Definition definition;
  private final JsonGenerator json;

  private Payload(Model model, Definition definition, JsonGenerator json) {
    this.model = model;
    this.definition = definition;
    this.json = json;
  }

  static String of(
      Model model, Definition definition, DefinedAction.Trigger trigger, HubEvent event) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = EntryJson.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      new Payload(model, definition, json).write(trigger, event);
    }
    return text.toString();
  }

  private void write(DefinedAction.Trigger trigger, HubEvent event) {
    Entry entry = event.after().or(event::before).orElseThrow();
    json.writeStartObject();
    json.writeNumberProperty("classPK", entry.id());
    json.writeStringProperty("objectActionTriggerKey", trigger.key());
    json.writeName("objectEntry");
    attributes(entry);
    json.writeName("objectEntryDTO" + definition.name());
    transfer(entry);
    Optional<Entry> original = event.after().isPresent() ? event.before() : Optional.empty();
    if (original.isPresent()) {
      json.writeName("originalObjectEntry");
      attributes(original.get());
      json.writeName("originalObjectEntryDTO" + definition.name());
      transfer(original.get());
    }
    json.writeNullProperty("preferredLanguageId");
    json.writeStringProperty("userExternalReferenceCode", event.who() == null ? "" : event.who());
    json.writeNumberProperty("userId", 0);
    json.writeNumberProperty("companyId", 0);
    json.writeNumberProperty("objectDefinitionId", definition.id());
    // The definition's, not the entry's.
    json.writeNumberProperty("status", 0);
    json.writeStringProperty("userName", event.who() == null ? "" : event.who());
    if (event.elsewhere() != null) {
      // By this another Lockstep knows what it wrote itself (invariant 6).
      json.writeStringProperty("lockstepOrigin", event.elsewhere());
    }
    json.writeEndObject();
  }

  private void attributes(Entry entry) {
    String creator = creator(entry);
    json.writeStartObject();
    json.writeNumberProperty("objectEntryId", entry.id());
    json.writeStringProperty("externalReferenceCode", code(entry));
    json.writeNumberProperty("groupId", 0);
    json.writeNumberProperty("companyId", 0);
    json.writeNumberProperty("userId", 0);
    json.writeStringProperty("userName", creator);
    json.writeNumberProperty("createDate", entry.dateCreated().toEpochMilli());
    json.writeNumberProperty("modifiedDate", entry.dateModified().toEpochMilli());
    json.writeNumberProperty("objectDefinitionId", definition.id());
    json.writeNumberProperty("status", status(entry));
    json.writeStringProperty("uuid", code(entry));
    json.writeStringProperty("creator", creator);
    json.writeNumberProperty("id", entry.id());
    json.writeObjectPropertyStart("values");
    fields(entry, false);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void transfer(Entry entry) {
    json.writeStartObject();
    json.writeNumberProperty("id", entry.id());
    json.writeStringProperty("externalReferenceCode", code(entry));
    json.writeObjectPropertyStart("creator");
    json.writeStringProperty("familyName", "");
    json.writeStringProperty("givenName", creator(entry));
    json.writeStringProperty("name", creator(entry));
    json.writeEndObject();
    json.writeNumberProperty("dateCreated", entry.dateCreated().toEpochMilli());
    json.writeNumberProperty("dateModified", entry.dateModified().toEpochMilli());
    json.writeObjectPropertyStart("properties");
    fields(entry, true);
    json.writeEndObject();
    if (definition.ofSites()) {
      json.writeStringProperty("scopeKey", String.valueOf(value(entry, "scopeKey")));
    }
    json.writeObjectPropertyStart("status");
    boolean draft = status(entry) == 2;
    json.writeNumberProperty("code", status(entry));
    json.writeStringProperty("label", draft ? "draft" : "approved");
    json.writeStringProperty("label_i18n", draft ? "Draft" : "Approved");
    json.writeEndObject();
    json.writeEndObject();
  }

  /**
   * @param named whether values of picklists come with their names, as in the API
   */
  private void fields(Entry entry, boolean named) {
    for (DefinedField field : definition.ownFields()) {
      if (field.businessType().isComputed()) {
        continue;
      }
      Object value = value(entry, field.name());
      json.writeName(field.name());
      if (field.businessType() == BusinessType.RELATIONSHIP) {
        json.writeNumber(value instanceof Long id ? id : 0L);
      } else if (named && value != null && field.businessType().hasPicklist()) {
        picked(field, value);
      } else {
        EntryJson.value(json, value);
      }
    }
  }

  private void picked(DefinedField field, Object value) {
    Optional<Picklist> picklist = model.picklist(field.picklist());
    if (value instanceof JsonText list) {
      json.writeStartArray();
      for (JsonNode key : JsonMapper.shared().readTree(list.text())) {
        picked(picklist, key.asString());
      }
      json.writeEndArray();
    } else {
      picked(picklist, value.toString());
    }
  }

  private void picked(Optional<Picklist> picklist, String key) {
    json.writeStartObject();
    json.writeStringProperty("key", key);
    json.writeStringProperty("name", picklist.map(it -> it.nameOf(key)).orElse(key));
    json.writeEndObject();
  }

  private static @Nullable Object value(Entry entry, String field) {
    return entry.values().schema().has(field) ? entry.values().get(field) : null;
  }

  private String code(Entry entry) {
    String code = entry.externalReferenceCode();
    return definition.ofSites() ? code.substring(code.indexOf('/') + 1) : code;
  }

  private static String creator(Entry entry) {
    return value(entry, "creator") instanceof String creator ? creator : "";
  }

  private static long status(Entry entry) {
    return value(entry, "status") instanceof Long status ? status : 0;
  }
}
