package dev.lockstep.hub.liferay;

import dev.lockstep.connector.Type;
import dev.lockstep.hub.ColumnForm;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.filter.Fields;
import dev.lockstep.hub.filter.FilterField;
import dev.lockstep.hub.filter.Fragment;
import dev.lockstep.hub.filter.Related;
import dev.lockstep.hub.object.BusinessType;
import dev.lockstep.hub.object.Definition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields by which entries of one shape can be filtered and sorted. */
final class EntryFields implements Fields {
  /** Names of properties, and the fields of the hub behind them. */
  private static final Map<String, String> OWN =
      Map.of(
          "id", "id",
          "externalReferenceCode", "externalReferenceCode",
          "dateCreated", "dateCreated",
          "createDate", "dateCreated",
          "dateModified", "dateModified",
          "modifiedDate", "dateModified",
          "status", "status",
          "creator", "creator");

  private final Hub hub;
  private final EntryShapes shapes;
  private final EntryShape shape;
  private final String table;
  private final Access access;

  EntryFields(Hub hub, EntryShapes shapes, EntryShape shape, Access access) {
    this(hub, shapes, shape, hub.tableName(shape.object()), access);
  }

  private EntryFields(Hub hub, EntryShapes shapes, EntryShape shape, String table, Access access) {
    this.hub = hub;
    this.shapes = shapes;
    this.shape = shape;
    this.table = table;
    this.access = access;
  }

  @Override
  public Optional<FilterField> find(List<String> path) {
    if (path.size() == 1) {
      return field(path.getFirst());
    }
    EntryShape.Way way = path.size() == 2 ? shape.ways().get(path.getFirst()) : null;
    if (way == null) {
      return Optional.empty();
    }
    return new EntryFields(hub, shapes, shapes.of(way.other()), "r", access)
        .field(path.getLast())
        .map(field -> field.over(related(way)));
  }

  private Optional<FilterField> field(String name) {
    String own = OWN.get(name);
    if (own != null) {
      return Optional.of(own(own));
    }
    return shape
        .column(name)
        .filter(it -> !it.type().isComputed() && it.type() != BusinessType.ENCRYPTED)
        .map(column -> FilterField.of(type(column), sql(column.name())));
  }

  private FilterField own(String field) {
    return switch (field) {
      case "id", "status" -> FilterField.of(new Type.Int(), sql(field));
      case "dateCreated", "dateModified" ->
          // These stand as microseconds.
          FilterField.of(new Type.Timestamp(), sql(field))
              .as(moment -> ColumnForm.micros((Instant) moment));
      default -> FilterField.of(new Type.Text(0), sql(field));
    };
  }

  private static Type type(EntryShape.Column column) {
    return column.type() == BusinessType.MULTISELECT_PICKLIST
        ? new Type.ListOf(new Type.Text(0))
        : Definition.typeOf(column.field());
  }

  private String sql(String field) {
    return table + "." + hub.column(shape.object(), field);
  }

  private Related related(EntryShape.Way way) {
    String from = hub.tableName(way.other().path()) + " AS r";
    // What may not be seen is not asked about either.
    String seen = " AND " + access.visible(way.other().path(), "r");
    if (way.isOfPairs()) {
      String here = way.here(shape.definition());
      String there = here.equals("a") ? "b" : "a";
      return Related.many(
          "EXISTS (SELECT 1 FROM "
              + way.relationship().table()
              + " AS p JOIN "
              + from
              + " ON r.id = p."
              + there
              + " WHERE p."
              + here
              + " = "
              + table
              + ".id"
              + seen
              + " AND %s)");
    }
    if (way.toParent()) {
      String joined = " FROM " + from + " WHERE r.id = " + sql(way.relationship().field()) + seen;
      return Related.one("EXISTS (SELECT 1" + joined + " AND %s)", "(SELECT %s" + joined + ")");
    }
    String joined =
        " FROM "
            + from
            + " WHERE r."
            + hub.column(way.other().path(), way.relationship().field())
            + " = "
            + table
            + ".id"
            + seen;
    return Related.many("EXISTS (SELECT 1" + joined + " AND %s)");
  }

  /** That an entry may be seen. */
  Fragment visible() {
    return new Fragment(access.visible(shape.object(), table), List.of());
  }

  /** That an entry belongs to a site. */
  Fragment ofSite(String site) {
    return new Fragment("(" + sql("scopeKey") + " = ?)", List.of(site));
  }

  /** The columns in which free text is searched. */
  List<String> searched() {
    List<String> columns = new ArrayList<>();
    for (EntryShape.Column column : shape.columns()) {
      if (column.type().isSearched()) {
        columns.add(sql(column.name()));
      }
    }
    return columns;
  }

  @Override
  public Collection<String> names(List<String> parents) {
    if (parents.isEmpty()) {
      List<String> names = new ArrayList<>(OWN.keySet());
      shape.columns().forEach(column -> names.add(column.name()));
      names.addAll(shape.ways().keySet());
      return names;
    }
    EntryShape.Way way = parents.size() == 1 ? shape.ways().get(parents.getFirst()) : null;
    if (way == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>(OWN.keySet());
    shapes.of(way.other()).columns().forEach(column -> names.add(column.name()));
    return names;
  }
}
