package dev.lockstep.hub;

import dev.lockstep.connector.BulkReader.Since;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Type;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entries of one partition: those between two ids or two times of modification, both inclusive.
 *
 * @param field the field that bounds a range of ids from below, empty for none
 * @param least the least value of that field, as text
 */
record HubRange(Kind kind, long from, long to, int pageRows, String field, String least) {
  private static final Pattern TOKEN =
      Pattern.compile("1 (id|modified) (-?\\d{1,18}) (-?\\d{1,18}) (\\d{1,9})(?: (\\w+) (\\S+))?");
  private static final Pattern POSITION = Pattern.compile("1 (-?\\d{1,18}) (\\d{1,18})");

  enum Kind {
    ID,
    MODIFIED
  }

  /** The last entry read, by time of modification (which a range of ids ignores) and id. */
  record Place(long modified, long id) {
    Position position() {
      return new Position("1 " + modified + " " + id);
    }
  }

  static HubRange ids(long from, long to, int pageRows, Optional<Since> since) {
    return new HubRange(
        Kind.ID,
        from,
        to,
        pageRows,
        since.map(Since::field).orElse(""),
        since.map(it -> it.value().toString()).orElse(""));
  }

  static HubRange modified(Instant from, Instant to, int pageRows) {
    Instant least = from.isBefore(ColumnForm.FIRST_MOMENT) ? ColumnForm.FIRST_MOMENT : from;
    Instant start = least.isAfter(ColumnForm.LAST_MOMENT) ? ColumnForm.LAST_MOMENT : least;
    return new HubRange(
        Kind.MODIFIED, ColumnForm.micros(start), ColumnForm.micros(to), pageRows, "", "");
  }

  String token() {
    return "1 "
        + kind.name().toLowerCase(Locale.ROOT)
        + " "
        + from
        + " "
        + to
        + " "
        + pageRows
        + (field.isEmpty() ? "" : " " + field + " " + least);
  }

  static HubRange parse(String token) {
    Matcher matcher = TOKEN.matcher(token);
    if (!matcher.matches()) {
      throw unreadable("partition", token);
    }
    boolean bounded = matcher.group(5) != null;
    return new HubRange(
        Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
        Long.parseLong(matcher.group(2)),
        Long.parseLong(matcher.group(3)),
        Integer.parseInt(matcher.group(4)),
        bounded ? matcher.group(5) : "",
        bounded ? matcher.group(6) : "");
  }

  static Place place(Position position) {
    Matcher matcher = POSITION.matcher(position.token());
    if (!matcher.matches()) {
      throw unreadable("position", position.token());
    }
    return new Place(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  private static ConnectorException unreadable(String what, String token) {
    return new ConnectorException(
        new Failure.Permanent(
            "the hub did not make the " + what + " '" + token + "'; start the run anew"));
  }

  Place start() {
    return switch (kind) {
      case ID -> new Place(0, from - 1);
      case MODIFIED -> new Place(from, 0);
    };
  }

  static Place after(Entry entry) {
    return new Place(ColumnForm.micros(entry.dateModified()), entry.id());
  }

  List<Entry> page(Tx tx, ObjectTable table, Place after) {
    return switch (kind) {
      case ID -> byId(tx, table, after.id());
      case MODIFIED ->
          table.where(
              tx,
              "(modified, id) > (?, ?) AND modified <= ? ORDER BY modified, id LIMIT ?",
              after.modified(),
              after.id(),
              to,
              pageRows);
    };
  }

  private List<Entry> byId(Tx tx, ObjectTable table, long after) {
    if (field.isEmpty()) {
      return table.where(tx, "id > ? AND id <= ? ORDER BY id LIMIT ?", after, to, pageRows);
    }
    return table.where(
        tx,
        "id > ? AND id <= ? AND " + table.column(field) + " >= ? ORDER BY id LIMIT ?",
        after,
        to,
        bound(table),
        pageRows);
  }

  private Object bound(ObjectTable table) {
    Type type =
        table
            .definition()
            .field(field)
            .map(ObjectField::type)
            .orElseThrow(() -> unreadable("partition", token()));
    try {
      return ColumnForm.present(Conversion.parse(type, least));
    } catch (Conversion.Unfit unfit) {
      throw unreadable("partition", token());
    }
  }
}
