package dev.lockstep.hub.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.connector.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's examples, asked of the entries that stand in the guide, on both stores. */
final class FiltersGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide", "filters.md");
  private static final String NONE = "–";
  private static final Map<String, Type> ENTRY = new LinkedHashMap<>();
  private static final Map<String, Type> ACCOUNT = new LinkedHashMap<>();

  static {
    ENTRY.put("id", new Type.Int());
    ENTRY.put("name", new Type.Text(200));
    ENTRY.put("city", new Type.Text(200));
    ENTRY.put("rating", new Type.Int());
    ENTRY.put("credit", new Type.Decimal(12, 2));
    ENTRY.put("verified", new Type.Bool());
    ENTRY.put("founded", new Type.Date());
    ENTRY.put("lastVisit", new Type.Timestamp());
    ENTRY.put("tags", new Type.ListOf(Type.Text.unlimited()));
    ENTRY.put("account", new Type.Int());
    ACCOUNT.put("account", new Type.Int());
    ACCOUNT.put("title", Type.Text.unlimited());
  }

  /** Reads the rows of every table that begins with such a header. */
  private static List<List<String>> rows(String header) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    boolean within = false;
    for (String line : Files.readAllLines(GUIDE)) {
      if (within && line.startsWith("| ")) {
        rows.add(
            Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                .map(String::strip)
                .toList());
      } else if (!within || !line.startsWith("|---")) {
        within = line.equals(header);
      }
    }
    return rows;
  }

  private static List<String[]> examples(String header) throws IOException {
    return rows(header).stream()
        .map(row -> new String[] {row.getFirst().replace("`", ""), row.getLast()})
        .toList();
  }

  private static TestTable table(String name, Map<String, Type> columns) throws IOException {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (List<String> cells : rows("| " + String.join(" | ", columns.keySet()) + " |")) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      int cell = 0;
      for (Map.Entry<String, Type> column : columns.entrySet()) {
        row.put(column.getKey(), value(column.getValue(), cells.get(cell++)));
      }
      rows.add(row);
    }
    return new TestTable(name, columns, rows);
  }

  private static @Nullable Object value(Type type, String cell) {
    if (cell.equals(NONE)) {
      return null;
    }
    return switch (type) {
      case Type.Int() -> Long.valueOf(cell);
      case Type.Decimal _ -> new BigDecimal(cell);
      case Type.Bool() -> Boolean.valueOf(cell);
      case Type.Date() -> LocalDate.parse(cell);
      case Type.Timestamp() -> Instant.parse(cell);
      case Type.ListOf _ -> List.of(cell.split(", "));
      default -> cell;
    };
  }

  private static final Fields FIELDS =
      new Fields() {
        @Override
        public Optional<FilterField> find(List<String> path) {
          if (path.equals(List.of("account", "title"))) {
            String from = " FROM \"account\" AS a WHERE a.\"account\" = e.\"account\"";
            return Optional.of(
                FilterField.of(Type.Text.unlimited(), "a.\"title\"")
                    .over(
                        Related.one(
                            "EXISTS (SELECT 1" + from + " AND %s)", "(SELECT %s" + from + ")")));
          }
          return Optional.ofNullable(path.size() == 1 ? ENTRY.get(path.getFirst()) : null)
              .map(type -> FilterField.of(type, "e.\"" + path.getFirst() + '"'));
        }

        @Override
        public Collection<String> names(List<String> parents) {
          return parents.isEmpty() ? ENTRY.keySet() : List.of();
        }
      };

  private interface Ask {
    String of(TestStore store, String text);
  }

  private static String ids(List<Long> ids) {
    return ids.isEmpty()
        ? NONE
        : ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String filtered(TestStore store, String filter) {
    Instant now = Instant.parse("2026-06-01T00:00:00Z");
    return ids(store.ids(Filter.parse(filter).compile(FIELDS, store.dialect(), now), "e.\"id\""));
  }

  private static String refused(TestStore store, String filter) {
    FilterFault fault = catchThrowableOfType(FilterFault.class, () -> filtered(store, filter));
    return String.valueOf(fault.getMessage());
  }

  private static String sorted(TestStore store, String sort) {
    return ids(
        store.ids(Fragment.ALL, Sort.parse(sort).compile(FIELDS, store.dialect(), "e.\"id\"")));
  }

  private static String searched(TestStore store, String search) {
    List<String> columns = List.of("e.\"name\"", "e.\"city\"");
    return ids(store.ids(Search.parse(search).compile(columns, store.dialect()), "e.\"id\""));
  }

  private static String counted(TestStore store, String term) {
    Facet facet = AggregationTerms.parse(List.of(term)).compile(FIELDS, store.dialect()).getFirst();
    return store.query(facet.query("\"entry\" AS e", Fragment.ALL, 10)).stream()
        .map(row -> row.getFirst() + ": " + row.getLast())
        .collect(Collectors.joining(", "));
  }

  @Test
  void everyExampleAnswersAsTheGuideSays(@TempDir Path folder) throws IOException {
    Map<String, Ask> tables =
        Map.of(
            "| filter | finds |", FiltersGuideTest::filtered,
            "| filter | answer |", FiltersGuideTest::refused,
            "| sort | gives |", FiltersGuideTest::sorted,
            "| search | finds |", FiltersGuideTest::searched,
            "| aggregationTerms | counts |", FiltersGuideTest::counted);
    List<TestStore> stores =
        TestStore.both(folder, table("entry", ENTRY), table("account", ACCOUNT));
    int asked = 0;
    for (Map.Entry<String, Ask> table : tables.entrySet()) {
      for (String[] example : examples(table.getKey())) {
        for (TestStore store : stores) {
          assertThat(table.getValue().of(store, example[0]))
              .as("%s on %s", example[0], store.getClass().getSimpleName())
              .isEqualTo(example[1]);
          asked++;
        }
      }
    }
    stores.forEach(TestStore::close);
    assertThat(asked).isEqualTo(2 * 55);
  }
}
