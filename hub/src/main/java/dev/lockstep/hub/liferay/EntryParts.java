package dev.lockstep.hub.liferay;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryJson;
import dev.lockstep.hub.FetchedEntry;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.object.BusinessType;
import io.helidon.http.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.JsonNode;

/**
 * Writes entries of one shape as {@link EntryOut} does, without what only answers need, and with
 * all that can be known beforehand worked out once: nothing is looked up for a row.
 */
final class EntryParts {
  private static final List<String> OWN =
      List.of(
          "creator",
          "dateCreated",
          "dateModified",
          "externalReferenceCode",
          "id",
          "keywords",
          "scopeKey",
          "status",
          "taxonomyCategoryBriefs");

  private final EntryShape shape;
  private final EntryNests nests;
  private final Schema schema;
  private final List<Part> parts = new ArrayList<>();
  private final List<Coded> coded = new ArrayList<>();

  /** A field whose parent is named by its code. */
  private record Coded(EntryShape.Column column, EntryShape.Way way) {}

  /** Writes something of an entry. */
  private interface Part {
    void write(JsonGenerator json, FetchedEntry fetched) throws InterruptedException;
  }

  /** Writes a value that is there. */
  private interface Value {
    void write(JsonGenerator json, Object value, Entry entry) throws InterruptedException;
  }

  EntryParts(Hub hub, EntryShape shape, Set<String> shown, EntryNests nests) {
    this.shape = shape;
    this.nests = nests;
    this.schema = hub.object(shape.object()).schema();
    for (String name : OWN) {
      if (shown.contains(name)) {
        parts.add(own(name));
      }
    }
    for (EntryShape.Column column : shape.columns()) {
      if (column.type() == BusinessType.RELATIONSHIP) {
        parent(column, shown);
      } else if (shown.contains(column.name())) {
        parts.add(part(column));
      }
      if (column.type() == BusinessType.RICH_TEXT && shown.contains(column.name() + "RawText")) {
        parts.add(raw(column));
      }
    }
    parts.add((json, fetched) -> nests.related(json, shape, fetched.entry()));
  }

  /** The names of all properties, in the order in which they are written. */
  static List<String> names(EntryShape shape) {
    List<String> names = new ArrayList<>(OWN);
    if (!shape.definition().ofSites()) {
      names.remove("scopeKey");
    }
    for (EntryShape.Column column : shape.columns()) {
      names.add(column.name());
      if (column.type() == BusinessType.RICH_TEXT) {
        names.add(column.name() + "RawText");
      }
      if (column.type() == BusinessType.RELATIONSHIP && column.parent() != null) {
        names.add(column.parent().codeField());
      }
    }
    return names;
  }

  /** Entries of a later form of the object do not fit what was worked out before. */
  void check(FetchedEntry fetched) {
    if (!fetched.entry().values().schema().equals(schema)) {
      throw Fault.of(
          Status.CONFLICT_409,
          shape.definition().name() + " was changed while its entries were exported",
          "export them again");
    }
  }

  void write(JsonGenerator json, FetchedEntry fetched) throws InterruptedException {
    json.writeStartObject();
    for (Part part : parts) {
      part.write(json, fetched);
    }
    json.writeEndObject();
  }

  /** The codes of parents as columns of the query; null for one that may not be seen. */
  List<String> more(EntryShapes shapes, Hub hub, Access access) {
    List<String> more = new ArrayList<>();
    String table = hub.tableName(shape.object());
    for (Coded each : coded) {
      String other = shapes.of(each.way().other()).object();
      more.add(
          "(SELECT p.erc FROM "
              + hub.tableName(other)
              + " AS p WHERE p.id = "
              + table
              + "."
              + hub.column(shape.object(), each.column().name())
              + " AND "
              + access.visible(other, "p")
              + ")");
    }
    return more;
  }

  private Part own(String name) {
    SerializableString key = new SerializedString(name);
    return switch (name) {
      case "creator" -> {
        int index = schema.indexOf("creator");
        yield (json, fetched) -> {
          Object creator = fetched.entry().values().get(index);
          EntryOut.creator(json, creator == null ? null : creator.toString());
        };
      }
      case "dateCreated" -> (json, fetched) -> moment(json, key, fetched.entry().dateCreated());
      case "dateModified" -> (json, fetched) -> moment(json, key, fetched.entry().dateModified());
      case "externalReferenceCode" ->
          (json, fetched) -> {
            json.writeName(key);
            json.writeString(shape.code(fetched.entry().externalReferenceCode()));
          };
      case "id" ->
          (json, fetched) -> {
            json.writeName(key);
            json.writeNumber(fetched.entry().id());
          };
      case "scopeKey" ->
          (json, fetched) -> {
            json.writeName(key);
            json.writeString(String.valueOf(fetched.entry().values().get("scopeKey")));
          };
      case "status" -> {
        int index = schema.indexOf("status");
        yield (json, fetched) ->
            EntryOut.status(
                json, fetched.entry().values().get(index) instanceof Long code ? code : 0);
      }
      default ->
          (json, _) -> {
            json.writeName(key);
            json.writeStartArray();
            json.writeEndArray();
          };
    };
  }

  private static void moment(JsonGenerator json, SerializableString key, Instant moment) {
    json.writeName(key);
    json.writeString(moment.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private void parent(EntryShape.Column column, Set<String> shown) {
    int index = schema.indexOf(column.name());
    if (shown.contains(column.name())) {
      SerializableString key = new SerializedString(column.name());
      parts.add((json, fetched) -> {
        json.writeName(key);
        json.writeNumber(fetched.entry().values().get(index) instanceof Long id ? id : 0L);
      });
    }
    EntryShape.Way way = column.parent() == null ? null : shape.ways().get(column.parent().name());
    if (way == null) {
      return;
    }
    String codeField = way.relationship().codeField();
    if (shown.contains(codeField)) {
      int place = coded.size();
      coded.add(new Coded(column, way));
      boolean sited = way.other().ofSites();
      SerializableString key = new SerializedString(codeField);
      parts.add((json, fetched) -> {
        String code = fetched.more().get(place);
        json.writeName(key);
        json.writeString(code == null ? "" : sited ? code.substring(code.indexOf('/') + 1) : code);
      });
    }
    parts.add(
        (json, fetched) -> nests.parent(json, shape, column, fetched.entry().values().get(index)));
  }

  private Part part(EntryShape.Column column) {
    SerializableString key = new SerializedString(column.name());
    if (column.type().isComputed()) {
      return (json, fetched) -> {
        json.writeName(key);
        EntryJson.value(json, nests.computed(shape, column, fetched.entry()));
      };
    }
    int index = schema.indexOf(column.name());
    Value value = value(column);
    return (json, fetched) -> {
      json.writeName(key);
      Object found = fetched.entry().values().get(index);
      if (found == null) {
        json.writeNull();
      } else {
        value.write(json, found, fetched.entry());
      }
    };
  }

  private Value value(EntryShape.Column column) {
    return switch (column.type()) {
      case ATTACHMENT -> (json, value, _) -> nests.file(json, column, value);
      case ENCRYPTED ->
          (json, value, _) -> json.writeString(nests.opened(shape, column, (String) value));
      case PICKLIST -> {
        Map<String, String> names = names(column);
        yield (json, value, _) -> picked(json, names, (String) value);
      }
      case MULTISELECT_PICKLIST -> {
        Map<String, String> names = names(column);
        yield (json, value, _) -> {
          json.writeStartArray();
          for (JsonNode key : Answer.JSON.readTree(((JsonText) value).text())) {
            picked(json, names, key.asString());
          }
          json.writeEndArray();
        };
      }
      default -> (json, value, _) -> EntryJson.value(json, value);
    };
  }

  private static Map<String, String> names(EntryShape.Column column) {
    Map<String, String> names = new HashMap<>();
    if (column.picklist() != null) {
      column.picklist().keys().forEach(key -> names.put(key, column.picklist().nameOf(key)));
    }
    return names;
  }

  private static void picked(JsonGenerator json, Map<String, String> names, String key) {
    json.writeStartObject();
    json.writeStringProperty("key", key);
    json.writeStringProperty("name", names.getOrDefault(key, key));
    json.writeEndObject();
  }

  private Part raw(EntryShape.Column column) {
    return (json, fetched) ->
        json.writeStringProperty(
            column.name() + "RawText", EntryOut.rawText(fetched.entry(), column.name()));
  }

  /** The columns of a table; a picked value has two, and other things of several parts as many. */
  List<EntryRows.Shown> columns(List<String> named) {
    List<EntryRows.Shown> columns = new ArrayList<>();
    for (String name : named.isEmpty() ? importable() : named) {
      columns.addAll(columns(name, named.isEmpty()));
    }
    return columns;
  }

  /** What an import takes, by codes rather than by ids, which differ from place to place. */
  private List<String> importable() {
    List<String> names = new ArrayList<>();
    names.add("externalReferenceCode");
    if (shape.definition().ofSites()) {
      names.add("scopeKey");
    }
    for (EntryShape.Column column : shape.columns()) {
      names.add(
          column.type() == BusinessType.RELATIONSHIP && column.parent() != null
              ? column.parent().codeField()
              : column.name());
    }
    names.add("status");
    return names;
  }

  private List<EntryRows.Shown> columns(String name, boolean brief) {
    Optional<EntryShape.Column> column = shape.column(name);
    if (column.isPresent()) {
      return switch (column.get().type()) {
        case PICKLIST -> texts(name, brief ? List.of("key") : List.of("key", "name"));
        case ATTACHMENT -> texts(name, List.of("id", "link.href", "link.label", "name"));
        case MULTISELECT_PICKLIST, ASSIGNEE, AGGREGATION, FORMULA -> texts(name, List.of());
        default -> List.of(new EntryRows.Shown(name, EntryNests.type(column.get())));
      };
    }
    return switch (name) {
      case "creator" -> texts(name, List.of("name"));
      case "status" -> List.of(new EntryRows.Shown("status.code", Optional.of(new Type.Int())));
      case "dateCreated", "dateModified" ->
          List.of(new EntryRows.Shown(name, Optional.of(new Type.Timestamp())));
      case "id" -> List.of(new EntryRows.Shown(name, Optional.of(new Type.Int())));
      default -> texts(name, List.of());
    };
  }

  private static List<EntryRows.Shown> texts(String name, List<String> below) {
    return below.isEmpty()
        ? List.of(new EntryRows.Shown(name, Optional.empty()))
        : below.stream()
            .map(it -> new EntryRows.Shown(name + "." + it, Optional.<Type>empty()))
            .toList();
  }
}
