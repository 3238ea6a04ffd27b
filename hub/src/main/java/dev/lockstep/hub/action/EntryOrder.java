package dev.lockstep.hub.action;

import dev.lockstep.connector.JsonText;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.HubEvent;
import dev.lockstep.hub.object.DefinedAction;
import dev.lockstep.hub.object.DefinedAction.Executor;
import dev.lockstep.hub.object.DefinedAction.Preset;
import dev.lockstep.hub.object.DefinedField;
import dev.lockstep.hub.object.DefinedRelationship;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.EntryScope;
import dev.lockstep.hub.object.Model;
import dev.lockstep.hub.object.PresetValue;
import dev.lockstep.hub.object.Ties;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an event has an action write, worked out when the event was looked at: an attempt that comes
 * later, or again, writes the same.
 */
final class EntryOrder {
  private static final JsonMapper JSON = JsonMapper.shared();

  private EntryOrder() {}

  /** The order, or why there can be none. */
  sealed interface Made {
    record Good(String body) implements Made {}

    record Bad(String fault) implements Made {}
  }

  static Made of(
      Model model, Definition definition, DefinedAction action, Executor executor, HubEvent event) {
    Optional<Definition> found =
        action.targetCode().isEmpty()
            ? Optional.of(definition)
            : model.byCode(action.targetCode()).filter(Definition::published);
    if (found.isEmpty()) {
      return new Made.Bad("there is no published object '" + action.targetCode() + "'");
    }
    Definition target = found.get();
    Entry entry = event.after().or(event::before).orElseThrow();
    ObjectNode order = JSON.createObjectNode();
    order.put("objectActionExecutorKey", executor.key());
    order.put("who", event.who());
    order.put("fromObject", definition.path());
    order.put("fromId", entry.id());
    order.put("object", target.path());
    Optional<String> site =
        target.ofSites() ? Optional.of(String.valueOf(entry.values().get("scopeKey"))) : NONE;
    values(order, target, action, scope(event, entry), site);
    if (executor == Executor.ADD_ENTRY && action.relates()) {
      relate(order, model, definition, target);
    }
    if (executor == Executor.UPDATE_ENTRY && target.id() != definition.id()) {
      Optional<Ties.Tie> tie = Ties.between(model, definition, target).stream().findFirst();
      if (tie.isEmpty()) {
        return new Made.Bad("no relationship joins it to " + target.name() + " any more");
      }
      ObjectNode way = order.putObject("through");
      String field = tie.get().relationship().field();
      way.put("field", field);
      if (tie.get().toParent()) {
        long parent = entry.values().get(field) instanceof Long id ? id : 0;
        way.put("parent", parent);
      }
    }
    return new Made.Good(order.toString());
  }

  private static final Optional<String> NONE = Optional.empty();

  private static EntryScope scope(HubEvent event, Entry entry) {
    Entry before = event.after().isPresent() ? event.before().orElse(null) : null;
    return new EntryScope(before, entry, event.at());
  }

  private static void values(
      ObjectNode order,
      Definition target,
      DefinedAction action,
      EntryScope scope,
      Optional<String> site) {
    ObjectNode values = JSON.createObjectNode();
    for (Preset preset : action.presets()) {
      Optional<DefinedField> field = target.field(preset.name()).filter(it -> !it.system());
      if (field.isPresent()) {
        values.set(preset.name(), PresetValue.of(field.get(), preset, scope));
      } else if (preset.name().equals("externalReferenceCode")) {
        String code = PresetValue.text(preset, scope);
        if (!code.isEmpty()) {
          order.put("externalReferenceCode", site.map(it -> it + "/" + code).orElse(code));
        }
      } else {
        // A relationship that never came: refused when it is written, so that somebody hears of it.
        values.putNull(preset.name());
      }
    }
    if (action.executor().filter(it -> it == Executor.ADD_ENTRY).isPresent()) {
      site.ifPresent(it -> values.put("scopeKey", it));
    }
    order.set("values", values);
  }

  /** How the new entry is related to the one that set the action off. */
  private static void relate(
      ObjectNode order, Model model, Definition definition, Definition target) {
    ArrayNode relations = order.putArray("relate");
    for (Ties.Tie tie : Ties.between(model, definition, target)) {
      relations
          .addObject()
          .put("field", tie.relationship().field())
          .put("in", tie.toParent() ? "from" : "new");
    }
    for (DefinedRelationship pairs : Ties.ofPairs(model, definition, target)) {
      relations
          .addObject()
          .put("pairs", pairs.table())
          .put("first", pairs.parent().equals(definition.name()) ? "from" : "new");
    }
  }

  static ObjectNode read(String body) {
    return (ObjectNode) JSON.readTree(body);
  }

  /** The values of an order, as a client's. */
  static Map<String, @Nullable Object> values(ObjectNode order) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    order.path("values").properties().forEach(it -> values.put(it.getKey(), plain(it.getValue())));
    return values;
  }

  private static @Nullable Object plain(JsonNode value) {
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
    return value.isNumber() ? new BigDecimal(value.asString()) : new JsonText(value.toString());
  }
}
