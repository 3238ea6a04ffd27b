package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameter {@code sort}: {@code name:desc,account/name:asc}. Immutable and thread-safe.
 *
 * <p>Null comes before every value ascending and after it descending, as OData has it. Texts sort
 * by code points. Entries that are equal in all that was asked sort by id, in the direction of the
 * last field, so that pages never overlap.
 */
public final class Sort {
  private static final String PARAMETER = "sort";

  private final List<Item> items;

  private Sort(List<Item> items) {
    this.items = List.copyOf(items);
  }

  private record Item(FieldPath path, boolean descending) {}

  /**
   * Parses an order; a blank one is that of ids.
   *
   * @throws FilterFault where it is none, or has more fields than one request may
   */
  public static Sort parse(String text) {
    if (text.length() > Limits.SORT_LENGTH) {
      throw fault(
          Limits.SORT_LENGTH + 1,
          "the order is " + text.length() + " characters long",
          "write at most " + Limits.SORT_LENGTH);
    }
    List<Item> items = new ArrayList<>();
    if (!text.isBlank()) {
      for (Piece piece : Piece.of(text, 1).split(',')) {
        if (items.size() == Limits.SORT_FIELDS) {
          throw fault(
              piece.column(),
              "sorts by more than " + Limits.SORT_FIELDS + " fields",
              "leave some out");
        }
        items.add(item(piece));
      }
    }
    return new Sort(items);
  }

  private static Item item(Piece piece) {
    List<Piece> parts = piece.split(':');
    if (parts.size() > 2) {
      throw fault(parts.get(2).column(), "a second : stands here", "write field:asc or field:desc");
    }
    return new Item(
        parts.getFirst().path(PARAMETER), parts.size() == 2 && isDescending(parts.getLast()));
  }

  private static boolean isDescending(Piece direction) {
    return switch (direction.text().toLowerCase(Locale.ROOT)) {
      case "asc" -> false;
      case "desc" -> true;
      default ->
          throw fault(
              direction.column(),
              FilterFault.quoted(direction.text()) + " is no direction",
              "write asc or desc");
    };
  }

  /**
   * The order as the text after ORDER BY, without values.
   *
   * @param id the column of the id, quoted; never null, and different in every entry
   * @throws FilterFault where a field is unknown, or nothing can be sorted by it
   */
  public String compile(Fields fields, Dialect dialect, String id) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    boolean descending = false;
    boolean decided = false;
    for (Item item : items) {
      FilterField field = ResolveField.of(PARAMETER, fields, item.path());
      refuseUnsortable(field, item.path());
      // Behind the id nothing is left to decide, nor by a field that stands twice.
      if (!decided) {
        descending = item.descending();
        decided = field.related().isEmpty() && field.sql().equals(id);
        keys.putIfAbsent(item.path().toString(), decided ? List.of() : keys(dialect, field, item));
      }
    }
    return Stream.concat(
            keys.values().stream().flatMap(List::stream),
            Stream.of(id + (descending ? " DESC" : "")))
        .collect(Collectors.joining(", "));
  }

  /** The fields that are sorted by, as they were written, those that still decide something. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Item item : items) {
      if (!names.contains(item.path().toString())) {
        names.add(item.path().toString());
      }
    }
    return names;
  }

  /**
   * The condition that only what comes after an entry meets, in the order that {@link #compile}
   * words.
   *
   * @param values the entry's values in the fields of {@link #names}, carriers of their types
   * @param id the field of the id; its column is that which {@link #compile} is given
   * @param last the entry's id
   * @throws FilterFault where a field is unknown, or nothing can be sorted by it
   */
  public Fragment after(
      Fields fields, Dialect dialect, FilterField id, List<@Nullable Object> values, long last) {
    After after = new After(dialect);
    List<String> names = names();
    boolean descending = false;
    for (Item item : items) {
      int place = names.indexOf(item.path().toString());
      FilterField field = ResolveField.of(PARAMETER, fields, item.path());
      refuseUnsortable(field, item.path());
      descending = item.descending();
      if (field.sql().equals(id.sql())) {
        return after.thenBy(id, last, descending).condition();
      }
      if (place == after.size()) {
        after.thenBy(field, values.get(place), descending);
      }
    }
    return after.thenBy(id, last, descending).condition();
  }

  private static List<String> keys(Dialect dialect, FilterField field, Item item) {
    Type type = field.form().isPresent() ? new Type.Int() : field.type();
    return dialect.sortKeys(type, field.sql()).stream()
        .map(key -> new Dialect.SortKey(within(field, key.sql()), key.reversed()))
        .map(key -> dialect.directed(key, item.descending()))
        .toList();
  }

  private static String within(FilterField field, String sql) {
    return field
        .related()
        .flatMap(Related::scalar)
        .map(template -> template.replace("%s", sql))
        .orElse(sql);
  }

  private static void refuseUnsortable(FilterField field, FieldPath path) {
    boolean several = field.related().isPresent() && field.related().get().scalar().isEmpty();
    if (several || field.isSet()) {
      throw fault(
          path.column(),
          FilterFault.quoted(path.toString()) + " has several values for one entry",
          "sort by a field of one value");
    }
    if (field.type() instanceof Type.Json || field.type() instanceof Type.Bytes) {
      throw fault(
          path.column(),
          "a field of type " + field.type().label() + " has no order",
          "sort by another field");
    }
  }

  private static FilterFault fault(int column, String problem, String remedy) {
    return new FilterFault(PARAMETER, column, problem, remedy);
  }
}
