package dev.lockstep.hub.object;

import dev.lockstep.connector.JsonText;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.expression.Expression;
import dev.lockstep.hub.expression.ExpressionProblem;
import dev.lockstep.hub.expression.Kind;
import dev.lockstep.hub.expression.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An entry as expressions see it: its fields by their names, and those the hub keeps.
 *
 * @param before the entry before the change; null where there was none
 */
public record EntryScope(@Nullable Entry before, Entry entry, Instant moment) implements Scope {

  /** Every name that an expression of a definition may use, with what it holds. */
  static Map<String, Kind> kinds(Definition definition) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put("createDate", Kind.DATE_TIME);
    kinds.put("creator", Kind.TEXT);
    kinds.put("externalReferenceCode", Kind.TEXT);
    kinds.put("id", Kind.NUMBER);
    kinds.put("modifiedDate", Kind.DATE_TIME);
    kinds.put("status", Kind.NUMBER);
    definition.ownFields().forEach(field -> kinds.put(field.name(), kind(field)));
    return kinds;
  }

  private static Kind kind(DefinedField field) {
    return switch (field.businessType()) {
      case BOOLEAN -> Kind.BOOLEAN;
      case DATE -> Kind.DATE;
      case DATE_TIME -> Kind.DATE_TIME;
      case DECIMAL, INTEGER, LONG_INTEGER, PRECISION_DECIMAL, RELATIONSHIP, ATTACHMENT ->
          Kind.NUMBER;
      case MULTISELECT_PICKLIST -> Kind.LIST;
      case AUTO_INCREMENT,
          EMAIL_ADDRESS,
          ENCRYPTED,
          LONG_TEXT,
          PHONE_NUMBER,
          PICKLIST,
          RICH_TEXT,
          TEXT ->
          Kind.TEXT;
      case AGGREGATION, ASSIGNEE, FORMULA -> Kind.ANY;
    };
  }

  /** What is wrong with an expression over a definition's entries; empty when nothing is. */
  static List<ExpressionProblem> problems(Definition definition, String script, Kind result) {
    return Expression.parse(script).check(kinds(definition), result);
  }

  @Override
  public @Nullable Object value(String name) {
    return of(entry, name);
  }

  @Override
  public @Nullable Object oldValue(String name) {
    return before == null ? null : of(before, name);
  }

  private static @Nullable Object of(Entry entry, String name) {
    return switch (name) {
      case "createDate" -> entry.dateCreated();
      case "modifiedDate" -> entry.dateModified();
      case "externalReferenceCode" -> entry.externalReferenceCode();
      case "id" -> entry.id();
      default -> {
        if (entry.values().schema().indexOf(name) < 0) {
          yield null;
        }
        Object value = entry.values().get(name);
        yield value instanceof JsonText json ? keys(json) : value;
      }
    };
  }

  private static List<String> keys(JsonText json) {
    List<String> keys = new ArrayList<>();
    for (JsonNode key : Documents.JSON.readTree(json.text())) {
      keys.add(key.asString());
    }
    return keys;
  }

  @Override
  public @Nullable Long currentUserId() {
    return null;
  }

  @Override
  public InstantSource now() {
    return InstantSource.fixed(moment);
  }

  @Override
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }
}
