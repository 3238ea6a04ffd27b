package dev.lockstep.hub.liferay;

import dev.lockstep.connector.JsonText;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryJson;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.object.BusinessType;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Writes entries as Liferay shows them. */
final class EntryOut {
  private static final int MOST_NESTED = 500;

  private final Hub hub;
  private final FileOut files;
  private final EntryShapes shapes;
  private final ComputedFields computed;
  private final Access access;

  /**
   * @param access of who is shown them: what of others is within them, and may not be seen, is left
   *     out
   */
  EntryOut(Hub hub, FileEntries files, EntryShapes shapes, Access access) {
    this.hub = hub;
    this.files = FileOut.ofAnswers(files);
    this.shapes = shapes;
    this.computed = new ComputedFields(hub, access);
    this.access = access;
  }

  void write(JsonGenerator json, EntryShape shape, Entry entry, EntryView view)
      throws InterruptedException {
    json.writeStartObject();
    own(json, shape, entry, view);
    for (EntryShape.Column column : shape.columns()) {
      if (column.type() == BusinessType.RELATIONSHIP) {
        parent(json, shape, column, entry, view);
      } else if (view.shows(column.name())) {
        json.writeName(column.name());
        if (column.type() == BusinessType.ATTACHMENT) {
          boolean whole = view.nested().contains(column.name() + ".fileBase64");
          files.field(json, entry.values().get(column.name()), whole);
        } else {
          value(json, shape, column, entry);
        }
        if (column.type() == BusinessType.RICH_TEXT) {
          json.writeStringProperty(column.name() + "RawText", rawText(entry, column.name()));
        }
      }
    }
    for (String name : view.nested()) {
      EntryShape.Way way = shape.ways().get(name);
      if (way != null && !way.toParent()) {
        nested(json, shape, way, entry);
      }
    }
    json.writeEndObject();
  }

  private static void own(JsonGenerator json, EntryShape shape, Entry entry, EntryView view) {
    if (view.shows("actions")) {
      actions(json, "/o/c/" + shape.object() + "/" + entry.id());
    }
    if (view.shows("creator")) {
      creator(json, (String) entry.values().get("creator"));
    }
    if (view.shows("dateCreated")) {
      json.writeStringProperty(
          "dateCreated", entry.dateCreated().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    if (view.shows("dateModified")) {
      json.writeStringProperty(
          "dateModified", entry.dateModified().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    if (view.shows("externalReferenceCode")) {
      json.writeStringProperty("externalReferenceCode", shape.code(entry.externalReferenceCode()));
    }
    if (view.shows("id")) {
      json.writeNumberProperty("id", entry.id());
    }
    if (view.shows("keywords")) {
      json.writeArrayPropertyStart("keywords");
      json.writeEndArray();
    }
    if (shape.definition().ofSites() && view.shows("scopeKey")) {
      json.writeStringProperty("scopeKey", String.valueOf(entry.values().get("scopeKey")));
    }
    if (view.shows("status")) {
      status(json, entry.values().get("status") instanceof Long code ? code : 0);
    }
    if (view.shows("taxonomyCategoryBriefs")) {
      json.writeArrayPropertyStart("taxonomyCategoryBriefs");
      json.writeEndArray();
    }
  }

  private static void actions(JsonGenerator json, String address) {
    json.writeObjectPropertyStart("actions");
    action(json, "delete", address, "DELETE");
    action(json, "get", address, "GET");
    action(json, "permissions", address + "/permissions", "GET");
    action(json, "replace", address, "PUT");
    action(json, "update", address, "PATCH");
    json.writeEndObject();
  }

  private static void action(JsonGenerator json, String name, String address, String method) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("href", address);
    json.writeStringProperty("method", method);
    json.writeEndObject();
  }

  static void creator(JsonGenerator json, @Nullable String name) {
    json.writeObjectPropertyStart("creator");
    json.writeStringProperty("additionalName", "");
    json.writeStringProperty("contentType", "UserAccount");
    json.writeStringProperty("familyName", "");
    json.writeStringProperty("givenName", name == null ? "" : name);
    json.writeStringProperty("name", name == null ? "" : name);
    json.writeEndObject();
  }

  static void status(JsonGenerator json, long code) {
    json.writeObjectPropertyStart("status");
    json.writeNumberProperty("code", code);
    json.writeStringProperty("label", code == 2 ? "draft" : "approved");
    json.writeStringProperty("label_i18n", code == 2 ? "Draft" : "Approved");
    json.writeEndObject();
  }

  private void value(JsonGenerator json, EntryShape shape, EntryShape.Column column, Entry entry)
      throws InterruptedException {
    if (column.type().isComputed()) {
      EntryJson.value(json, computed.of(shape, column, entry));
      return;
    }
    Object value = entry.values().get(column.name());
    if (value == null) {
      json.writeNull();
    } else if (column.type() == BusinessType.ENCRYPTED) {
      json.writeString(shapes.opened(shape, column, (String) value));
    } else if (column.type() == BusinessType.PICKLIST) {
      picked(json, column, (String) value);
    } else if (column.type() == BusinessType.MULTISELECT_PICKLIST) {
      json.writeStartArray();
      for (JsonNode key : Answer.JSON.readTree(((JsonText) value).text())) {
        picked(json, column, key.asString());
      }
      json.writeEndArray();
    } else {
      EntryJson.value(json, value);
    }
  }

  private static void picked(JsonGenerator json, EntryShape.Column column, String key) {
    json.writeStartObject();
    json.writeStringProperty("key", key);
    json.writeStringProperty(
        "name", column.picklist() == null ? key : column.picklist().nameOf(key));
    json.writeEndObject();
  }

  static String rawText(Entry entry, String field) {
    Object value = entry.values().get(field);
    return value == null ? "" : value.toString().replaceAll("<[^>]*>", "").strip();
  }

  /** The parent's id, its code, and the parent itself where it was asked for. */
  private void parent(
      JsonGenerator json, EntryShape shape, EntryShape.Column column, Entry entry, EntryView view)
      throws InterruptedException {
    Object id = entry.values().get(column.name());
    if (view.shows(column.name())) {
      json.writeNumberProperty(column.name(), id instanceof Long number ? number : 0L);
    }
    if (column.parent() == null) {
      return;
    }
    EntryShape.Way way = shape.ways().get(column.parent().name());
    if (way == null) {
      return;
    }
    String bare = column.name().substring(0, column.name().length() - 2);
    boolean nested = view.nested().contains(column.parent().name()) || view.nested().contains(bare);
    if (!nested && !view.shows(column.parent().codeField())) {
      return;
    }
    EntryShape other = shapes.of(way.other());
    Optional<Entry> found =
        id instanceof Long number
            ? hub.find(other.object(), new EntryRef.Id(number))
            : Optional.empty();
    if (found.isPresent() && !access.sees(other.object(), found.get())) {
      return;
    }
    if (view.shows(column.parent().codeField())) {
      json.writeStringProperty(
          column.parent().codeField(),
          found.map(it -> other.code(it.externalReferenceCode())).orElse(""));
    }
    if (nested && found.isPresent()) {
      json.writeName(bare);
      write(json, other, found.get(), EntryView.WHOLE);
    }
  }

  private void nested(JsonGenerator json, EntryShape shape, EntryShape.Way way, Entry entry)
      throws InterruptedException {
    EntryShape other = shapes.of(way.other());
    List<Entry> found =
        hub.select(
            other.object(),
            RelatedQuery.of(hub, shape, way, access).sql() + " ORDER BY id LIMIT " + MOST_NESTED,
            entry.id());
    json.writeName(way.relationship().name());
    if (way.isToMany()) {
      json.writeStartArray();
    }
    for (Entry each : found) {
      write(json, other, each, EntryView.WHOLE);
    }
    if (way.isToMany()) {
      json.writeEndArray();
    } else if (found.isEmpty()) {
      json.writeNull();
    }
  }

  /** Writes a list with what surrounds it. */
  void page(
      JsonGenerator json, EntryShape shape, List<Entry> entries, EntryView view, Runnable facets)
      throws InterruptedException {
    json.writeObjectPropertyStart("actions");
    json.writeEndObject();
    json.writeArrayPropertyStart("facets");
    Objects.requireNonNull(facets).run();
    json.writeEndArray();
    json.writeArrayPropertyStart("items");
    for (Entry entry : entries) {
      write(json, shape, entry, view);
    }
    json.writeEndArray();
  }
}
