package dev.lockstep.server.page;

import dev.lockstep.hub.Entry;
import dev.lockstep.hub.liferay.BrowseEntries;
import dev.lockstep.hub.object.DefinedField;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Documents;
import dev.lockstep.server.admin.Wording;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page of an object's entries.
 *
 * @param trouble why nothing can be shown; empty when it can
 * @param previous the address of the page before; empty on the first
 */
public record EntriesView(
    String label,
    String path,
    BrowseEntries.Asked asked,
    List<String> columns,
    List<Line> lines,
    String range,
    String previous,
    String next,
    String trouble,
    String remedy) {
  private static final int MOST_COLUMNS = 6;

  public EntriesView {
    columns = List.copyOf(columns);
    lines = List.copyOf(lines);
  }

  /** An entry: its own address, and what stands in the columns. */
  public record Line(String address, String code, List<String> cells, String modified) {}

  static EntriesView of(
      Definition definition, BrowseEntries.Asked asked, BrowseEntries.Page page, Moments moments) {
    List<DefinedField> fields =
        definition.ownFields().stream()
            .filter(it -> !it.businessType().isComputed())
            .limit(MOST_COLUMNS)
            .toList();
    List<String> columns = fields.stream().map(it -> Documents.label(it.body(), "label")).toList();
    String label = Documents.label(definition.body(), "pluralLabel");
    return switch (page) {
      case BrowseEntries.Page.Refused(String problem, String remedy) ->
          new EntriesView(
              label, definition.path(), asked, columns, List.of(), "", "", "", problem, remedy);
      case BrowseEntries.Page.Found(List<Entry> entries, long total) -> {
        long from = (asked.page() - 1L) * asked.size();
        boolean more = from + entries.size() < total;
        yield new EntriesView(
            label,
            definition.path(),
            asked,
            columns,
            entries.stream().map(it -> line(definition, fields, it, moments)).toList(),
            entries.isEmpty()
                ? Wording.number(total) + " in all"
                : Wording.number(from + 1)
                    + " to "
                    + Wording.number(from + entries.size())
                    + " of "
                    + Wording.number(total),
            asked.page() > 1 ? address(definition, asked, asked.page() - 1) : "",
            more ? address(definition, asked, asked.page() + 1) : "",
            "",
            "");
      }
    };
  }

  private static Line line(
      Definition definition, List<DefinedField> fields, Entry entry, Moments moments) {
    List<String> cells = new ArrayList<>();
    for (DefinedField field : fields) {
      cells.add(Shown.briefly(Optional.ofNullable(entry.values().get(field.name()))));
    }
    return new Line(
        "/objects/" + definition.path() + "/" + entry.id(),
        entry.externalReferenceCode(),
        cells,
        moments.text(entry.dateModified()));
  }

  private static String address(Definition definition, BrowseEntries.Asked asked, int page) {
    return "/objects/"
        + definition.path()
        + "?filter="
        + encoded(asked.filter())
        + "&search="
        + encoded(asked.search())
        + "&sort="
        + encoded(asked.sort())
        + "&page="
        + page;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
