package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Unreadable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Reads entries as rows. */
final class EntryRows {
  private static final int MOST_RAW = 65_536;

  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private EntryRows() {}

  /** What an entry turned out to be. */
  sealed interface Read {
    record Good(Row row) implements Read {}

    record Bad(Unreadable why) implements Read {}
  }

  static Read read(ObjectShape shape, JsonNode entry) {
    try {
      return new Read.Good(row(shape, entry));
    } catch (Unfit unfit) {
      String raw = entry.toString();
      return new Read.Bad(
          new Unreadable(
              shape.id() + ", entry '" + code(entry) + "'",
              unfit.fault(),
              unfit.remedy(),
              raw.substring(0, Math.min(raw.length(), MOST_RAW))));
    }
  }

  static String code(JsonNode entry) {
    return entry.path(ObjectShape.KEY).asString("");
  }

  static Row row(ObjectShape shape, JsonNode entry) throws Unfit {
    @Nullable Object[] values = new @Nullable Object[shape.rows().size()];
    String code = code(entry);
    if (code.isEmpty()) {
      throw new Unfit("it has no externalReferenceCode", "give the entry one");
    }
    values[0] = code;
    int at = 1;
    for (Column column : shape.columns()) {
      JsonNode value = entry.path(column.name());
      values[at++] = value.isMissingNode() ? Row.ABSENT : value(column, value);
    }
    values[at++] = entry.path(ObjectShape.ID).longValue(0);
    values[at++] = moment(entry, ObjectShape.CREATED);
    values[at] = moment(entry, ObjectShape.MODIFIED);
    return new Row(shape.rows(), values);
  }

  private static Object moment(JsonNode entry, String name) {
    JsonNode value = entry.path(name);
    return value.isString() ? instant(value.stringValue()) : Row.ABSENT;
  }

  /** When an entry last changed, by the other side's clock; to the second. */
  static Instant modified(JsonNode entry) {
    return entry.path(ObjectShape.MODIFIED).isString()
        ? instant(entry.path(ObjectShape.MODIFIED).stringValue())
        : Instant.EPOCH;
  }

  static Instant instant(String text) {
    return OffsetDateTime.parse(text, MOMENT).toInstant();
  }

  private static @Nullable Object value(Column column, JsonNode value) throws Unfit {
    if (value.isNull()) {
      return null;
    }
    return switch (column.kind()) {
      case PICKLIST -> emptyToNull(key(value));
      case PICKLISTS -> keys(value);
      case PARENT -> emptyToNull(value.asString(""));
      case PLAIN -> plain(column, value);
    };
  }

  private static String key(JsonNode value) {
    return (value.isObject() ? value.path("key") : value).asString("");
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static JsonText keys(JsonNode value) {
    ArrayNode keys = Remote.JSON.createArrayNode();
    value.forEach(each -> keys.add(key(each)));
    return new JsonText(keys.toString());
  }

  private static @Nullable Object plain(Column column, JsonNode value) throws Unfit {
    try {
      return switch (column.type()) {
        case Type.Text _ -> value.asString();
        case Type.Bool() -> bool(column, value);
        case Type.Int() -> number(column, value).longValueExact();
        case Type.Float() -> number(column, value).doubleValue();
        case Type.Decimal _ -> number(column, value);
        // A day may come with the time of its beginning.
        case Type.Date() -> date(value.asString());
        case Type.Timestamp() -> instant(value.asString());
        case Type.DateTime() -> LocalDateTime.parse(value.asString().replaceFirst("Z$", ""));
        default -> throw new IllegalStateException("no column is of " + column.type().label());
      };
    } catch (DateTimeException | ArithmeticException | NumberFormatException unfit) {
      throw misfit(column, value);
    }
  }

  private static @Nullable LocalDate date(String text) {
    return text.isEmpty() ? null : LocalDate.parse(text.replaceFirst("T.*$", ""));
  }

  private static boolean bool(Column column, JsonNode value) throws Unfit {
    if (!value.isBoolean()) {
      throw misfit(column, value);
    }
    return value.booleanValue();
  }

  private static BigDecimal number(Column column, JsonNode value) throws Unfit {
    if (value.isNumber()) {
      return value.decimalValue();
    }
    String text = value.asString("");
    if (text.isEmpty() || text.length() > 1000) {
      throw misfit(column, value);
    }
    return new BigDecimal(text);
  }

  private static Unfit misfit(Column column, JsonNode value) {
    String shown = value.toString();
    return new Unfit(
        column.name()
            + " is "
            + shown.substring(0, Math.min(shown.length(), 60))
            + ", which is no "
            + column.type().label(),
        "correct the entry, or the field's business type");
  }
}
