package dev.lockstep.hub.liferay;

import dev.lockstep.connector.Type;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryPage;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.file.FileEntries;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What stands within exported entries: related ones, however many, and files. */
final class EntryNests {
  private static final int AT_ONCE = 200;
  private static final EntryView VIEW = new EntryView(Set.of(), Set.of("actions"), Set.of());

  private final Hub hub;
  private final EntryShapes shapes;
  private final Access access;
  private final Set<String> names;
  private final FileOut files;
  private final EntryOut out;
  private final ComputedFields computed;

  EntryNests(Hub hub, FileEntries files, EntryShapes shapes, EntryExport.Wanted wanted) {
    this.hub = hub;
    this.shapes = shapes;
    this.access = wanted.access();
    this.names = wanted.nested();
    this.files = FileOut.ofExports(files);
    this.out = new EntryOut(hub, files, shapes, access);
    this.computed = new ComputedFields(hub, access);
  }

  /** The name under which a parent stands within its child. */
  static String bare(EntryShape.Column column) {
    String name = column.name();
    return name.endsWith("Id") ? name.substring(0, name.length() - 2) : name;
  }

  void file(JsonGenerator json, EntryShape.Column column, @Nullable Object id)
      throws InterruptedException {
    boolean whole = names.contains(column.name()) || names.contains(column.name() + ".fileBase64");
    files.field(json, id, whole);
  }

  @Nullable Object computed(EntryShape shape, EntryShape.Column column, Entry entry)
      throws InterruptedException {
    return computed.of(shape, column, entry);
  }

  String opened(EntryShape shape, EntryShape.Column column, String sealed) {
    return shapes.opened(shape, column, sealed);
  }

  /** The parent itself, where it was asked for and may be seen. */
  void parent(JsonGenerator json, EntryShape shape, EntryShape.Column column, @Nullable Object id)
      throws InterruptedException {
    EntryShape.Way way = column.parent() == null ? null : shape.ways().get(column.parent().name());
    if (way == null
        || !(id instanceof Long number)
        || !(names.contains(way.relationship().name()) || names.contains(bare(column)))) {
      return;
    }
    EntryShape other = shapes.of(way.other());
    Optional<Entry> found = hub.find(other.object(), new EntryRef.Id(number));
    if (found.isPresent() && access.sees(other.object(), found.get())) {
      json.writeName(bare(column));
      out.write(json, other, found.get(), VIEW);
    }
  }

  /** The entries on the other sides, page by page. */
  void related(JsonGenerator json, EntryShape shape, Entry entry) throws InterruptedException {
    for (EntryShape.Way way : shape.ways().values()) {
      if (names.contains(way.relationship().name()) && !way.toParent()) {
        json.writeName(way.relationship().name());
        if (way.isToMany()) {
          json.writeStartArray();
          many(json, shape, way, entry);
          json.writeEndArray();
        } else if (!many(json, shape, way, entry)) {
          json.writeNull();
        }
      }
    }
  }

  private boolean many(JsonGenerator json, EntryShape shape, EntryShape.Way way, Entry entry)
      throws InterruptedException {
    EntryShape other = shapes.of(way.other());
    String condition = RelatedQuery.of(hub, shape, way, access).sql() + " AND id > ?";
    long after = 0;
    EntryPage page;
    do {
      page = hub.page(other.object(), condition, List.of(entry.id(), after), "id", AT_ONCE);
      for (Entry each : page.entries()) {
        out.write(json, other, each, VIEW);
        after = each.id();
      }
    } while (page.more());
    return after > 0;
  }

  /** The type of a column's values where they are kept. */
  static Optional<Type> type(EntryShape.Column column) {
    return column.type().isComputed()
        ? Optional.empty()
        : Optional.of(dev.lockstep.hub.object.Definition.typeOf(column.field()));
  }
}
