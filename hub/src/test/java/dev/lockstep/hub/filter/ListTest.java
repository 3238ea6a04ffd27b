package dev.lockstep.hub.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders, searches and facets: both stores agree, with each other and with Java. */
final class ListTest {
  private static final Samples SAMPLES = new Samples(60);
  private static List<TestStore> stores = List.of();

  @BeforeAll
  static void open(@TempDir Path folder) {
    stores = TestStore.both(folder, SAMPLES.tables());
  }

  @AfterAll
  static void close() {
    stores.forEach(TestStore::close);
  }

  private static Fields fields(TestStore store) {
    return Samples.fields(store instanceof TestStore.Sqlite);
  }

  private static List<Long> sorted(TestStore store, String sort) {
    return store.ids(
        Fragment.ALL, Sort.parse(sort).compile(fields(store), store.dialect(), "e.\"id\""));
  }

  private static List<Long> meant(String sort) {
    Comparator<Map<String, @Nullable Object>> order = null;
    boolean descending = false;
    for (String item : sort.isBlank() ? new String[0] : sort.split(",")) {
      descending = item.strip().endsWith(":desc");
      String path = item.strip().replaceFirst(":.*", "");
      Function<Map<String, @Nullable Object>, Optional<Object>> value =
          path.startsWith("account/")
              ? entry ->
                  Meaning.related("account", entry)
                      .findAny()
                      .map(row -> row.get(path.substring("account/".length())))
              : entry -> Optional.ofNullable(entry.get(path));
      Type type =
          Samples.fields(true).find(List.of(path.split("/"))).map(FilterField::type).orElseThrow();
      Comparator<Map<String, @Nullable Object>> next =
          Comparator.comparing(
              value,
              Comparator.comparing(
                  it -> it.orElse(null), Comparator.nullsFirst(Meaning.byValue(type))));
      next = descending ? next.reversed() : next;
      order = order == null ? next : order.thenComparing(next);
    }
    Comparator<Map<String, @Nullable Object>> byId =
        Comparator.comparing(entry -> (Long) Objects.requireNonNull(entry.get("id")));
    byId = descending ? byId.reversed() : byId;
    return SAMPLES.entries().stream()
        .sorted(order == null ? byId : order.thenComparing(byId))
        .map(entry -> (Long) entry.get("id"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id:desc",
        "name",
        "name:desc",
        "age:desc",
        "price",
        "price:desc",
        "ratio:asc",
        "ratio:desc",
        "weight",
        "active:desc,price",
        "active,ratio:desc,name",
        "born",
        "seen:desc",
        "dateCreated,name:desc",
        "due",
        "opens:desc",
        "account/title",
        "account/title:desc, age",
        "account/credit:desc",
        "active,id,name:desc"
      })
  void bothStoresSortAsMeant(String sort) {
    for (TestStore store : stores) {
      assertThat(sorted(store, sort))
          .as("%s on %s", sort, store.getClass().getSimpleName())
          .isEqualTo(meant(sort.replace(",id,name:desc", ",id")));
    }
  }

  @Test
  void aFieldThatStandsTwiceCountsOnce() {
    Dialect dialect = Dialect.postgresql();
    assertThat(Sort.parse("age:desc,age").compile(Samples.fields(false), dialect, "e.\"id\""))
        .isEqualTo("e.\"age\" DESC NULLS LAST, e.\"id\"");
    assertThat(Sort.parse("ID:desc").compile(anyCase(), dialect, "e.\"id\""))
        .isEqualTo("e.\"id\" DESC");
  }

  private static Fields anyCase() {
    return new Fields() {
      @Override
      public Optional<FilterField> find(List<String> path) {
        return Optional.of(FilterField.of(new Type.Int(), "e.\"id\""));
      }

      @Override
      public List<String> names(List<String> parents) {
        return List.of();
      }
    };
  }

  /** The index is used where its keys are those of the order, both ways. */
  @Test
  void anIndexOverTheKeysServesTheOrder() {
    for (TestStore store : stores) {
      boolean sqlite = store instanceof TestStore.Sqlite;
      for (String name : List.of("name", "price")) {
        Type type = new Samples(1).tables()[0].columns().get(name);
        String keys =
            String.join(
                ", ", store.dialect().indexKeys(Objects.requireNonNull(type), '"' + name + '"'));
        for (String direction : List.of("asc", "desc")) {
          String order =
              Sort.parse(name + ":" + direction)
                  .compile(fields(store), store.dialect(), "e.\"id\"");
          assertThat(store.plan(keys, order))
              .as("%s %s on %s", name, direction, sqlite ? "SQLite" : "PostgreSQL")
              .doesNotContainIgnoringCase("sort")
              .doesNotContain("TEMP B-TREE");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "acme",
        "ACME ltd",
        "m\u00dcller \u00f6h",
        "%",
        "_",
        "\\",
        "'",
        "\" b",
        "o'b",
        "\u03c3\u03c5\u03c3",
        "\u65e5\u672c",
        "\ud83d\ude00",
        "or and not null",
        "gone"
      })
  void everyWordIsFoundInSomeField(String text) {
    List<Long> meant =
        SAMPLES.entries().stream()
            .filter(entry ->
                text.isBlank()
                    || List.of(text.strip().split("\\s+")).stream()
                        .allMatch(word ->
                            Meaning.contains((String) entry.get("name"), word, false)
                                || Meaning.contains(title(entry).orElse(null), word, false)))
            .map(entry -> (Long) entry.get("id"))
            .toList();
    for (TestStore store : stores) {
      Fragment where =
          Search.parse(text)
              .compile(
                  List.of(
                      "e.\"name\"",
                      "(SELECT a.\"title\" FROM \"account\" AS a WHERE a.\"id\" = e.\"account\")"),
                  store.dialect());
      assertThat(store.ids(where, "e.\"id\"")).isEqualTo(meant);
    }
  }

  private static Optional<String> title(Map<String, @Nullable Object> entry) {
    return Meaning.related("account", entry).findAny().map(row -> (String) row.get("title"));
  }

  @Test
  void withoutFieldsNoWordIsFound() {
    for (TestStore store : stores) {
      assertThat(store.ids(Search.parse("a").compile(List.of(), store.dialect()), "1")).isEmpty();
    }
  }

  @Test
  void facetsCountTheValuesOfTheEntriesThatAreMeant() {
    for (TestStore store : stores) {
      Fragment some = Filter.parse("age ge 0").compile(fields(store), store.dialect(), Samples.NOW);
      List<Facet> facets =
          AggregationTerms.parse(List.of("name", "price,tags", "account/title", "name", ""))
              .compile(fields(store), store.dialect());
      assertThat(facets)
          .extracting(Facet::criteria)
          .containsExactly("name", "price", "tags", "account/title");
      for (Facet facet : facets) {
        assertThat(counted(store, facet, some)).isEqualTo(counts(facet.criteria()));
      }
      assertThat(store.query(facets.get(2).query("\"entry\" AS e", some, 2))).hasSize(2);
    }
  }

  private static Map<String, Long> counted(TestStore store, Facet facet, Fragment where) {
    List<List<@Nullable String>> rows = store.query(facet.query("\"entry\" AS e", where, 1_000));
    List<Long> numbers =
        rows.stream().map(row -> Long.valueOf(String.valueOf(row.get(1)))).toList();
    assertThat(numbers).isSortedAccordingTo(Comparator.reverseOrder());
    return new TreeMap<>(
        IntStream.range(0, rows.size())
            .boxed()
            .collect(Collectors.toMap(i -> String.valueOf(rows.get(i).getFirst()), numbers::get)));
  }

  private static Map<String, Long> counts(String criteria) {
    return new TreeMap<>(
        SAMPLES.entries().stream()
            .filter(entry -> entry.get("age") instanceof Long age && age >= 0)
            .flatMap(entry ->
                switch (criteria.equals("account/title")
                    ? title(entry).orElse(null)
                    : entry.get(criteria)) {
                  case null -> List.of().stream();
                  case List<?> several -> several.stream();
                  case BigDecimal number -> List.of(number.toPlainString()).stream();
                  case Object value -> List.of(value).stream();
                })
            .collect(Collectors.groupingBy(Object::toString, Collectors.counting())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "sort | nme | 1 | write 'name'",
        "sort | age:asc, nme | 10 | write 'name'",
        "sort | id, nme | 5 | write 'name'",
        "sort | age:up | 5 | write asc or desc",
        "sort | age:asc:x | 9 | write field:asc or field:desc",
        "sort | age,,name | 5 | write one",
        "sort | age, | 5 | write one",
        "sort | account//title | 9 | write one",
        "sort | account/ttle | 9 | write 'title'",
        "sort | account | 1 | write one of its fields behind it: account/…",
        "sort | age/title | 1 | write no / behind it",
        "sort | tags | 1 | sort by a field of one value",
        "sort | orders/item | 1 | sort by a field of one value",
        "sort | document | 1 | sort by another field",
        "sort | a/b/c/d/e/f/g | 1 | ask for a nearer field",
        "sort | a,a,a,a,a,a,a,a,a,a,a | 21 | leave some out",
        "search | a b c d e f g h i j k | 21 | write at most 10",
        "aggregationTerms | age,nme | 5 | write 'name'",
        "aggregationTerms | document | 1 | ask for a field of this object",
        "aggregationTerms | orders/item | 1 | ask for a field of this object",
        "aggregationTerms | a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u | 41 | ask for fewer"
      })
  void whatCannotBeTakenIsRefusedWhereItStands(
      String parameter, String text, int column, String remedy) {
    assertThatExceptionOfType(FilterFault.class)
        .isThrownBy(() -> take(parameter, text))
        .satisfies(fault -> {
          assertThat(fault.parameter()).isEqualTo(parameter);
          assertThat(fault.column()).as(fault.getMessage()).isEqualTo(column);
          assertThat(fault.remedy()).contains(remedy);
        });
  }

  @Test
  void whatIsTooLongIsRefused() {
    for (String parameter : List.of("sort", "search", "aggregationTerms")) {
      assertThatExceptionOfType(FilterFault.class)
          .isThrownBy(() -> take(parameter, "a".repeat(100_000)));
    }
    assertThatExceptionOfType(FilterFault.class)
        .isThrownBy(() -> take("search", "a".repeat(256)))
        .withMessageContaining("write at most 255");
    assertThatExceptionOfType(FilterFault.class)
        .isThrownBy(() -> take("search", "a\u0000b"))
        .satisfies(fault -> assertThat(fault.column()).isEqualTo(2));
  }

  private static void take(String parameter, String text) {
    Fields fields = Samples.fields(true);
    Dialect dialect = Dialect.postgresql();
    switch (parameter) {
      case "sort" -> Sort.parse(text).compile(fields, dialect, "e.\"id\"");
      case "search" -> Search.parse(text).compile(List.of("e.\"name\""), dialect);
      default -> AggregationTerms.parse(List.of(text)).compile(fields, dialect);
    }
  }
}
