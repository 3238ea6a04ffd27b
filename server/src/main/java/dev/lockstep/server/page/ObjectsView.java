package dev.lockstep.server.page;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.Documents;
import dev.lockstep.server.admin.Wording;
import java.util.ArrayList;
import java.util.List;

/** The definitions of objects, as the page lists them. */
public record ObjectsView(List<Line> objects) {
  public ObjectsView {
    objects = List.copyOf(objects);
  }

  /**
   * One definition.
   *
   * @param path the last part of its address
   * @param published whether it has entries to look at
   */
  public record Line(
      String label,
      String name,
      String path,
      boolean published,
      String scope,
      String fields,
      String relationships,
      String actions,
      String entries) {}

  static ObjectsView of(Definitions definitions, Access access) throws InterruptedException {
    List<Line> lines = new ArrayList<>();
    for (Definition definition : definitions.model().definitions()) {
      lines.add(
          new Line(
              Documents.label(definition.body(), "label"),
              definition.name(),
              definition.path(),
              definition.published(),
              definition.ofSites() ? "site" : "company",
              Wording.number(definition.ownFields().size()),
              Wording.number(definition.relationships().size()),
              Wording.number(definition.actions().stream().filter(it -> it.active()).count()),
              definition.published()
                  ? Wording.number(count(definitions, definition, access))
                  : "–"));
    }
    return new ObjectsView(lines);
  }

  /** How many the caller may see. */
  private static long count(Definitions definitions, Definition definition, Access access)
      throws InterruptedException {
    String table = definitions.hub().tableName(definition.path());
    String seen = access.visible(definition.path(), table);
    return definitions
        .hub()
        .read(tx ->
            tx.first("SELECT count(*) FROM " + table + " WHERE " + seen, row -> row.integer(1))
                .orElse(0L));
  }
}
