package dev.lockstep.hub.liferay;

import dev.lockstep.connector.JsonText;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.object.BusinessType;
import dev.lockstep.hub.object.DefinedRelationship;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What callers send for an entry, as the hub takes it. */
final class EntryBody {
  /** {@code 2026-01-31}. */
  private static final int DAY = 10;

  /** What only the hub sets, or what it gives no meaning. */
  private static final Set<String> PASSED =
      new HashSet<>(
          Set.of(
              "actions",
              "auditEvents",
              "creator",
              "dateCreated",
              "dateModified",
              "defaultLanguageId",
              "friendlyUrlPath",
              "friendlyUrlPath_i18n",
              "id",
              "keywords",
              "objectEntryFolderExternalReferenceCode",
              "permissions",
              "scopeId",
              "scopeKey",
              "systemProperties",
              "taxonomyCategoryBriefs",
              "taxonomyCategoryIds",
              "x-class-name"));

  private final Parents parents;
  private final Attachments attachments;
  private final EntryShape shape;
  private final Optional<String> site;

  /** What stands for a parent that is named by its code. */
  interface Parents {
    /**
     * @param object what the parent is one of
     * @param missing what to say when it is not there
     */
    Object id(EntryShape.Column column, String object, String hubCode, String missing)
        throws InterruptedException;
  }

  /**
   * @param access of who sent it, who can refer to what it may see
   */
  EntryBody(
      Hub hub, Attachments attachments, EntryShape shape, Optional<String> site, Access access) {
    this(
        (_, object, code, missing) -> {
          Optional<Entry> found = hub.find(object, new EntryRef.Code(code));
          if (found.isEmpty() || !access.sees(object, found.get())) {
            throw Fault.bad(missing, "create that entry first");
          }
          return found.get().id();
        },
        attachments,
        shape,
        site);
  }

  EntryBody(Parents parents, Attachments attachments, EntryShape shape, Optional<String> site) {
    this.parents = parents;
    this.attachments = attachments;
    this.shape = shape;
    this.site = site;
  }

  Draft draft(ObjectNode body) throws InterruptedException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    String code = null;
    for (Map.Entry<String, JsonNode> property : body.properties()) {
      String name = property.getKey();
      JsonNode value = property.getValue();
      if (name.equals("externalReferenceCode")) {
        code = value.isNull() || value.asString().isEmpty() ? null : value.asString();
      } else if (name.equals("status")) {
        status(value).ifPresent(it -> values.put("status", it));
      } else if (!isPassed(name)) {
        put(values, name, value);
      }
    }
    site.ifPresent(it -> values.put("scopeKey", it));
    return new Draft(code == null ? null : shape.hubCode(site, code), values);
  }

  private boolean isPassed(String name) {
    return PASSED.contains(name)
        || shape.ways().containsKey(name)
        || (name.endsWith("RawText")
            && shape.column(name.substring(0, name.length() - 7)).isPresent());
  }

  private static Optional<Long> status(JsonNode value) {
    JsonNode code = value.isObject() ? value.path("code") : value;
    return code.isIntegralNumber() ? Optional.of(code.longValue()) : Optional.empty();
  }

  private void put(Map<String, @Nullable Object> values, String name, JsonNode value)
      throws InterruptedException {
    Optional<EntryShape.Column> column = shape.column(name);
    if (column.isPresent()) {
      boolean set = !column.get().type().isComputed() && !column.get().field().readOnly();
      if (set && column.get().type() != BusinessType.AUTO_INCREMENT) {
        // A parent that was named by its code stays, whatever id is sent beside it.
        values.putIfAbsent(name, value(column.get(), value));
      }
      return;
    }
    Optional<EntryShape.Column> parent = shape.byParentCode(name);
    if (parent.isPresent()) {
      if (!value.isNull() && !value.asString().isEmpty()) {
        values.put(parent.get().name(), parentId(parent.get(), value.asString()));
      } else {
        values.putIfAbsent(parent.get().name(), null);
      }
      return;
    }
    // Whether a field is no field, the hub says with the nearest name.
    values.put(name, scalar(value));
  }

  private Object parentId(EntryShape.Column column, String code) throws InterruptedException {
    DefinedRelationship relationship = java.util.Objects.requireNonNull(column.parent());
    EntryShape.Way way = shape.ways().get(relationship.name());
    if (way == null) {
      throw Fault.bad(
          relationship.codeField() + " refers to an object that is not published",
          "publish " + relationship.parent());
    }
    Optional<String> scope = way.other().ofSites() ? site : Optional.empty();
    String hubCode = scope.map(it -> it + "/" + code).orElse(code);
    return parents.id(
        column,
        way.other().path(),
        hubCode,
        relationship.codeField()
            + ": no "
            + relationship.parent()
            + " exists with the external reference code "
            + code);
  }

  private @Nullable Object value(EntryShape.Column column, JsonNode value)
      throws InterruptedException {
    if (value.isNull()) {
      return null;
    }
    return switch (column.type()) {
      case PICKLIST -> {
        JsonNode key = value.isObject() ? value.path("key") : value;
        yield key.isMissingNode() || key.isNull() || key.asString().isEmpty()
            ? null
            : key.asString();
      }
      case MULTISELECT_PICKLIST -> keys(value);
      case RELATIONSHIP ->
          value.isIntegralNumber() && value.longValue() == 0 ? null : scalar(value);
      case DATE -> date(value);
      case ASSIGNEE -> new JsonText(value.toString());
      case ATTACHMENT -> attachments.id(column.field(), value);
      case AGGREGATION,
          AUTO_INCREMENT,
          BOOLEAN,
          DATE_TIME,
          DECIMAL,
          EMAIL_ADDRESS,
          ENCRYPTED,
          FORMULA,
          INTEGER,
          LONG_INTEGER,
          LONG_TEXT,
          PHONE_NUMBER,
          PRECISION_DECIMAL,
          RICH_TEXT,
          TEXT ->
          scalar(value);
    };
  }

  /** A day may come with the time of its beginning. */
  private static @Nullable Object date(JsonNode value) {
    String text = value.asString();
    if (text.length() == DAY) {
      return text;
    }
    return text.isEmpty() ? null : text.replaceFirst("T00:00(:00(\\.0+)?)?Z?$", "");
  }

  private static JsonText keys(JsonNode value) {
    List<String> keys = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(each -> keys.add((each.isObject() ? each.path("key") : each).asString()));
    } else if (!value.asString().isEmpty()) {
      for (String key : value.asString().split(",", -1)) {
        keys.add(key.strip());
      }
    }
    return new JsonText(Answer.JSON.valueToTree(keys).toString());
  }

  private static @Nullable Object scalar(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    if (value.isString()) {
      return value.stringValue();
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value.isNumber()) {
      return new BigDecimal(value.asString());
    }
    return new JsonText(value.toString());
  }
}
