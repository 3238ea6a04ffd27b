package dev.lockstep.hub.liferay;

import dev.lockstep.hub.EntriesRefused;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntrySlice;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.filter.Filter;
import dev.lockstep.hub.filter.FilterFault;
import dev.lockstep.hub.filter.Fragment;
import dev.lockstep.hub.filter.Search;
import dev.lockstep.hub.filter.Sort;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import java.time.InstantSource;
import java.util.List;

/**
 * Entries of a published definition for a person who looks at them, found by the filters of the
 * API. Thread-safe.
 */
public final class BrowseEntries {
  private final Hub hub;
  private final EntryShapes shapes;
  private final InstantSource clock;

  public BrowseEntries(Definitions definitions, InstantSource clock) {
    this.hub = definitions.hub();
    this.shapes = new EntryShapes(definitions);
    this.clock = clock;
  }

  /**
   * What is looked for.
   *
   * @param page from 1
   */
  public record Asked(String filter, String search, String sort, int page, int size) {}

  /** What was found. */
  public sealed interface Page {
    /** Entries, and how many there are on all pages. */
    record Found(List<Entry> entries, long total) implements Page {}

    /** Why nothing can be looked for. */
    record Refused(String problem, String remedy) implements Page {}
  }

  /** A page of those that the caller may see. */
  public Page page(Definition definition, Asked asked, Access access) throws InterruptedException {
    EntryFields fields = new EntryFields(hub, shapes, shapes.of(definition), access);
    try {
      Fragment where =
          asked.filter().isBlank()
              ? Fragment.ALL
              : Filter.parse(asked.filter()).compile(fields, hub.dialect(), clock.instant());
      if (!asked.search().isBlank()) {
        where = where.and(Search.parse(asked.search()).compile(fields.searched(), hub.dialect()));
      }
      where = where.and(fields.visible());
      String order = Sort.parse(asked.sort()).compile(fields, hub.dialect(), "id");
      long before = (asked.page() - 1L) * asked.size();
      EntrySlice slice =
          hub.slice(definition.path(), where.sql(), where.values(), order, asked.size(), before);
      return new Page.Found(slice.entries(), slice.total());
    } catch (FilterFault fault) {
      return new Page.Refused(
          fault.parameter() + ", column " + fault.column() + ": " + fault.problem(),
          fault.remedy());
    } catch (EntriesRefused refused) {
      var problem = refused.problems().getFirst();
      return new Page.Refused(problem.field() + " " + problem.message(), problem.remedy());
    }
  }
}
