package dev.lockstep.hub.object;

import dev.lockstep.connector.Type;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.expression.Expression;
import dev.lockstep.hub.object.DefinedAction.Preset;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Works out the values that an action gives to an entry, in the form a client would send them. */
public final class PresetValue {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PresetValue() {}

  /**
   * @param field the field that gets it
   * @param scope the entry that set the action off
   * @throws dev.lockstep.hub.expression.ExpressionFault when a value of that entry does not fit
   */
  public static JsonNode of(DefinedField field, Preset preset, EntryScope scope) {
    return preset.asItStands()
        ? standing(field, preset.value())
        : worked(field, Expression.parse(preset.value().asString()).evaluate(scope));
  }

  /** The same for a text that is kept beside the fields; empty for none. */
  public static String text(Preset preset, EntryScope scope) {
    Object value =
        preset.asItStands()
            ? preset.value().asString("")
            : Expression.parse(preset.value().asString()).evaluate(scope);
    return value == null ? "" : text(value);
  }

  private static JsonNode standing(DefinedField field, JsonNode value) {
    BusinessType type = field.businessType();
    if (type.hasPicklist()) {
      return type == BusinessType.PICKLIST ? key(value) : keys(value);
    }
    if (!value.isString()) {
      return value.isMissingNode() ? JSON.nullNode() : value;
    }
    return told(type.type(field), value.stringValue());
  }

  private static JsonNode key(JsonNode value) {
    JsonNode key = value.isObject() ? value.path("key") : value;
    return key.isMissingNode() || key.asString("").isEmpty() ? JSON.nullNode() : key;
  }

  private static JsonNode keys(JsonNode value) {
    ArrayNode keys = JSON.arrayNode();
    if (value.isArray()) {
      value.forEach(each -> keys.add(each.isObject() ? each.path("key") : each));
    } else if (!value.asString("").isEmpty()) {
      List.of(value.asString().split(",", -1)).forEach(key -> keys.add(key.strip()));
    }
    return keys;
  }

  /** A text for a field of any type: Liferay's pages send all values so. */
  private static JsonNode told(Type type, String text) {
    if (type instanceof Type.Text) {
      return JSON.stringNode(text);
    }
    if (text.isBlank()) {
      return JSON.nullNode();
    }
    try {
      return scalar(ObjectField.parsed(type, text.strip()));
    } catch (IllegalArgumentException unfit) {
      // The hub says what is wrong with it, as it does to any client.
      return JSON.stringNode(text);
    }
  }

  private static JsonNode worked(DefinedField field, @Nullable Object value) {
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof List<?> list) {
      ArrayNode keys = JSON.arrayNode();
      list.forEach(each -> keys.add(String.valueOf(each)));
      return keys;
    }
    Type type = field.businessType().type(field);
    return switch (type) {
      case Type.Text _ -> JSON.stringNode(text(value));
      case Type.Date() when value instanceof LocalDateTime moment -> scalar(moment.toLocalDate());
      case Type.Date() when value instanceof Instant moment ->
          scalar(moment.atOffset(ZoneOffset.UTC).toLocalDate());
      case Type.Timestamp() when value instanceof LocalDate day ->
          scalar(day.atStartOfDay().toInstant(ZoneOffset.UTC));
      case Type.Timestamp() when value instanceof LocalDateTime moment ->
          scalar(moment.toInstant(ZoneOffset.UTC));
      case Type.DateTime() when value instanceof LocalDate day -> scalar(day.atStartOfDay());
      case Type.DateTime() when value instanceof Instant moment ->
          scalar(LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
      case Type.Json() -> keys(JSON.stringNode(text(value)));
      case Type.Bool(),
          Type.Int(),
          Type.Float(),
          Type.Decimal _,
          Type.Bytes(),
          Type.Date(),
          Type.Time(),
          Type.DateTime(),
          Type.Timestamp(),
          Type.ListOf _,
          Type.Any() ->
          value instanceof String text ? told(type, text) : scalar(value);
    };
  }

  private static String text(Object value) {
    return value instanceof BigDecimal number
        ? number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString()
        : value.toString();
  }

  private static JsonNode scalar(Object value) {
    return switch (value) {
      case Boolean bool -> JSON.booleanNode(bool);
      case Long number -> JSON.numberNode(number);
      case Double number -> JSON.numberNode(number);
      case BigDecimal number -> JSON.numberNode(number);
      default -> JSON.stringNode(value.toString());
    };
  }
}
