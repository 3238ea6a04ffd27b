package dev.lockstep.hub;

import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Type;
import dev.lockstep.store.Product;
import dev.lockstep.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The indexes behind an object's unique sets of fields. */
final class UniqueIndexes {
  private final Tx tx;
  private final String object;
  private final String table;

  UniqueIndexes(Tx tx, String object, String table) {
    this.tx = tx;
    this.object = object;
    this.table = table;
  }

  /** Drops what is no longer declared, and what stands on a field that gets another column. */
  void drop(List<List<String>> wanted, List<String> retyped) {
    List<String> kept = wanted.stream().map(UniqueIndexes::key).toList();
    List<String[]> present =
        tx.list(
            "SELECT name, fields FROM hub_unique WHERE object = ?",
            row -> new String[] {row.text(1), row.text(2)},
            object);
    for (String[] index : present) {
      boolean stands = List.of(index[1].split(",")).stream().noneMatch(retyped::contains);
      if (!kept.contains(index[1]) || !stands) {
        tx.update("DROP INDEX " + ObjectTable.quoted(index[0]));
        tx.update("DELETE FROM hub_unique WHERE name = ?", index[0]);
      }
    }
  }

  /** Creates what is declared and not there yet; names sets that entries contradict. */
  List<Problem> create(ObjectDefinition definition, Map<String, String> columns) {
    List<Problem> problems = new ArrayList<>();
    for (List<String> set : definition.unique()) {
      String index = tx.product().name("hub_unique_" + object + "__" + String.join("__", set));
      if (tx.first("SELECT 1 FROM hub_unique WHERE name = ?", row -> row.integer(1), index)
          .isPresent()) {
        continue;
      }
      Optional<Problem> unfit = unfit(definition, set);
      if (unfit.isPresent()) {
        problems.add(unfit.get());
        continue;
      }
      List<String> quoted =
          set.stream().map(it -> ObjectTable.quoted(columns.getOrDefault(it, it))).toList();
      Optional<String> twice = twice(quoted);
      if (twice.isPresent()) {
        problems.add(contradicted(set, twice.get()));
      } else {
        tx.update(
            "CREATE UNIQUE INDEX "
                + ObjectTable.quoted(index)
                + " ON "
                + table
                + " ("
                + String.join(", ", keys(definition, set, quoted))
                + ")");
        tx.update(
            "INSERT INTO hub_unique (name, object, fields) VALUES (?, ?, ?)",
            index,
            object,
            key(set));
      }
    }
    return problems;
  }

  private List<String> keys(ObjectDefinition definition, List<String> set, List<String> columns) {
    return IntStream.range(0, set.size())
        .mapToObj(i -> {
          String column = columns.get(i);
          return definition
              .field(set.get(i))
              .map(field -> PostgresForm.key(field.type(), tx.product(), column))
              .orElse(column);
        })
        .toList();
  }

  /** PostgreSQL does not compare documents as they are written. */
  private Optional<Problem> unfit(ObjectDefinition definition, List<String> set) {
    boolean hasDocument =
        set.stream()
            .anyMatch(it ->
                definition
                    .field(it)
                    .filter(field -> field.type() instanceof Type.Json)
                    .isPresent());
    return tx.product() == Product.POSTGRESQL && hasDocument
        ? Optional.of(
            new Problem(
                "hub.objects." + object + ".unique",
                "json cannot be unique in a store in PostgreSQL",
                "leave the set out of unique, or keep a text beside it that is"))
        : Optional.empty();
  }

  private static String key(List<String> set) {
    return String.join(",", set);
  }

  private Optional<String> twice(List<String> columns) {
    String list = String.join(", ", columns);
    String present =
        columns.stream().map(it -> it + " IS NOT NULL").collect(Collectors.joining(" AND "));
    return tx.first(
        "SELECT min(erc), max(erc) FROM "
            + table
            + " WHERE "
            + present
            + " GROUP BY "
            + list
            + " HAVING count(*) > 1 LIMIT 1",
        row -> "'" + row.text(1) + "' and '" + row.text(2) + "'");
  }

  private Problem contradicted(List<String> set, String entries) {
    return new Problem(
        "hub.objects." + object + ".unique",
        "entries " + entries + " have the same " + String.join(", ", set),
        "change one of them first, or leave the set out of unique");
  }
}
