package dev.lockstep.hub.liferay;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.NearestName;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.filter.Filter;
import dev.lockstep.hub.filter.FilterFault;
import dev.lockstep.hub.filter.Fragment;
import dev.lockstep.hub.filter.Search;
import dev.lockstep.hub.filter.Sort;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Many entries at once, as the entry API shows them. Thread-safe. */
public final class EntryExport {
  private final Hub hub;
  private final FileEntries files;
  private final EntryShapes shapes;

  /** One reading at a time, so that long ones leave the store to others. */
  private final Semaphore turn = new Semaphore(1, true);

  public EntryExport(Definitions definitions, FileEntries files) {
    this.hub = definitions.hub();
    this.files = files;
    this.shapes = new EntryShapes(definitions);
  }

  /**
   * Which entries are wanted, and what of them.
   *
   * @param site empty for all sites
   * @param fields the properties to show; empty for all
   * @param nested relationships whose entries are shown within, and {@code field.fileBase64} for
   *     contents of files
   */
  public record Wanted(
      Definition definition,
      Optional<String> site,
      Access access,
      String filter,
      String search,
      String sort,
      List<String> fields,
      Set<String> nested) {
    public Wanted {
      fields = List.copyOf(fields);
      nested = Set.copyOf(nested);
    }
  }

  /**
   * Checks all that was asked for.
   *
   * @throws Fault with what is wrong and what to send instead
   * @throws dev.lockstep.hub.access.AccessRefused when nothing of the object may be seen
   */
  public EntryRows rows(Wanted wanted, long after) {
    Access access = wanted.access();
    EntryShape shape = shapes.of(wanted.definition());
    if (access.principal().isStranger()) {
      access.demand(Right.VIEW, shape.object());
    }
    EntryFields fields = new EntryFields(hub, shapes, shape, access);
    Fragment where = Fragment.ALL;
    String order = "id";
    try {
      if (!wanted.filter().isBlank()) {
        where =
            Filter.parse(wanted.filter())
                .compile(fields, hub.dialect(), InstantSource.system().instant());
      }
      if (!wanted.search().isBlank()) {
        where = where.and(Search.parse(wanted.search()).compile(fields.searched(), hub.dialect()));
      }
      if (!wanted.sort().isBlank()) {
        order = Sort.parse(wanted.sort()).compile(fields, hub.dialect(), "id");
      }
    } catch (FilterFault fault) {
      throw Fault.bad(
          fault.parameter() + ", column " + fault.column() + ": " + fault.problem(),
          fault.remedy());
    }
    where = where.and(fields.visible());
    if (wanted.site().isPresent()) {
      where = where.and(fields.ofSite(wanted.site().get()));
    }
    EntryParts parts =
        new EntryParts(
            hub, shape, shown(shape, wanted), new EntryNests(hub, files, shapes, wanted));
    return new EntryRows(
        hub,
        turn,
        new EntryReading.Query(shape.object(), parts.more(shapes, hub, access), where, order),
        parts,
        wanted.sort().isBlank() ? Optional.of(after) : Optional.empty());
  }

  /** The properties to show, in the order in which they are written. */
  private Set<String> shown(EntryShape shape, Wanted wanted) {
    List<String> all = EntryParts.names(shape);
    checkNested(shape, wanted.nested());
    if (wanted.fields().isEmpty()) {
      return new LinkedHashSet<>(all);
    }
    Set<String> shown = new LinkedHashSet<>();
    for (String field : wanted.fields()) {
      String name = field.contains(".") ? field.substring(0, field.indexOf('.')) : field;
      if (!all.contains(name)) {
        throw unknown("fieldNames", name, all);
      }
      shown.add(name);
    }
    return shown;
  }

  private static void checkNested(EntryShape shape, Set<String> nested) {
    List<String> known = new ArrayList<>(shape.ways().keySet());
    for (EntryShape.Column column : shape.columns()) {
      known.add(column.name());
      known.add(column.name() + ".fileBase64");
      known.add(EntryNests.bare(column));
    }
    for (String name : nested) {
      if (!known.contains(name)) {
        throw unknown("batchNestedFields", name, known);
      }
    }
  }

  private static Fault unknown(String parameter, String name, List<String> known) {
    return Fault.bad(parameter + " has '" + name + "'", NearestName.remedy(name, known));
  }
}
