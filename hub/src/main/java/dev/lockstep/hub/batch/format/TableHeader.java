package dev.lockstep.hub.batch.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The columns of a table, and where in an item their values go: {@code status.code} within {@code
 * status}, {@code colours.key_1} and {@code colours.key_2} into one array, {@code name_i18n_en_US}
 * into {@code name_i18n}. Liferay writes and reads such columns.
 */
final class TableHeader {
  static final int MOST_COLUMNS = 16_384;
  private static final Pattern NUMBERED = Pattern.compile("(key|name)_\\d+");
  private static final String LOCALIZED = "_i18n_";
  private static final int DEEPEST = 20;

  private final List<Place> places;

  /**
   * Where the values of a column go.
   *
   * @param path the names from the item's own property downwards; empty for a column without a name
   * @param listed whether each value is one of an array
   * @param passed whether the values are left out, as another column says the same
   */
  private record Place(
      String name, List<String> path, boolean listed, boolean passed, Column column) {

    static Place of(String name, Function<String, Column> columns) {
      List<String> path = List.of(name.split("\\.", DEEPEST));
      Matcher numbered = NUMBERED.matcher(path.getLast());
      if (path.size() > 1 && numbered.matches()) {
        List<String> above = path.subList(0, path.size() - 1);
        return new Place(name, above, true, numbered.group(1).equals("name"), Column.UNKNOWN);
      }
      int localized = name.indexOf(LOCALIZED);
      if (localized > 0 && path.size() == 1) {
        int end = localized + LOCALIZED.length();
        return new Place(
            name,
            List.of(name.substring(0, end - 1), name.substring(end)),
            false,
            false,
            Column.TEXT);
      }
      return new Place(name, path, false, false, columns.apply(name));
    }
  }

  private TableHeader(List<Place> places) {
    this.places = places;
  }

  /**
   * @throws ContentDamaged when the columns cannot be told apart
   */
  static TableHeader of(Table.Row row, Function<String, Column> columns) throws ContentDamaged {
    List<Place> places = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < row.cells().length; i++) {
      JsonNode cell = row.cells()[i];
      String name = cell == null ? "" : cell.asString().strip();
      if (!name.isEmpty() && !seen.add(name)) {
        throw new ContentDamaged(
            row.place() + ": the column '" + name + "' stands twice; give each a name of its own");
      }
      places.add(Place.of(name, columns));
    }
    while (!places.isEmpty() && places.getLast().name().isEmpty()) {
      places.removeLast();
    }
    if (places.isEmpty()) {
      throw new ContentDamaged(
          row.place() + ": the first row names no columns; begin with the names of the fields");
    }
    return new TableHeader(places);
  }

  /** Columns named by their numbers from 0, for tables without a row of names. */
  static TableHeader numbered(int count, Function<String, Column> columns) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(Place.of(Integer.toString(i), columns));
    }
    return new TableHeader(places);
  }

  int size() {
    return places.size();
  }

  List<String> names() {
    return places.stream().map(Place::name).toList();
  }

  /** What is wrong with a row; empty when it fits. */
  String fault(Table.Row row) {
    for (int i = 0; i < row.cells().length; i++) {
      boolean named = i < places.size() && !places.get(i).name().isEmpty();
      if (!named && row.cells()[i] != null) {
        return row.place()
            + ": column "
            + (i + 1)
            + " has a value and no name in the first row; name it, or empty it";
      }
    }
    return "";
  }

  /** The row as an item; an empty cell is null. */
  ObjectNode item(Table.Row row) {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      if (!place.name().isEmpty() && !place.passed()) {
        JsonNode cell = i < row.cells().length ? row.cells()[i] : null;
        put(item, place, cell == null ? null : Cells.fit(place.column(), cell));
      }
    }
    return item;
  }

  private static void put(ObjectNode item, Place place, @Nullable JsonNode value) {
    ObjectNode within = item;
    List<String> path = place.path();
    for (String name : path.subList(0, path.size() - 1)) {
      JsonNode next = within.get(name);
      if (next instanceof ObjectNode object) {
        within = object;
      } else if (value != null) {
        within = within.putObject(name);
      } else {
        // An object of which nothing is said is null, until something is.
        within.putIfAbsent(name, JsonNodeFactory.instance.nullNode());
        return;
      }
    }
    String last = path.getLast();
    if (place.listed()) {
      ArrayNode list = within.get(last) instanceof ArrayNode known ? known : within.putArray(last);
      if (value != null) {
        list.add(value);
      }
    } else {
      within.set(last, value == null ? JsonNodeFactory.instance.nullNode() : value);
    }
  }
}
