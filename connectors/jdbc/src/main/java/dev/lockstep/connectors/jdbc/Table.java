package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table as its database describes it.
 *
 * @param key the columns of the primary key, or of a unique index without nulls; empty if none
 * @param uniques the column sets that are unique, the key's among them
 * @param indexed the columns that stand first in an index
 * @param uncarried columns whose type no {@link dev.lockstep.connector.Type} carries: name, SQL
 *     type
 * @param rowId an expression that orders and identifies rows where there is no key; empty if none
 * @param deferrable whether a constraint of it may wait for the commit
 */
public record Table(
    TableName name,
    List<Column> columns,
    List<String> key,
    List<Set<String>> uniques,
    Set<String> indexed,
    Map<String, String> uncarried,
    String rowId,
    boolean deferrable) {

  public Table {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    uniques = List.copyOf(uniques);
    indexed = Set.copyOf(indexed);
    uncarried = Map.copyOf(uncarried);
  }

  /** The table as the engine sees it, under a name of the caller's choice. */
  public Dataset dataset(DatasetId id) {
    return new Dataset(id, new Schema(columns.stream().map(Column::field).toList()), key, false);
  }

  /** A column by its name; empty when there is none. */
  public Optional<Column> column(String column) {
    return columns.stream().filter(c -> c.name().equals(column)).findFirst();
  }

  Map<String, Column> byName() {
    Map<String, Column> byName = new HashMap<>();
    columns.forEach(column -> byName.put(column.name(), column));
    return byName;
  }

  /** Whether these columns, in whatever order, identify a row. */
  public boolean isUnique(List<String> names) {
    return (!key.isEmpty() && names.equals(key)) || uniques.contains(new HashSet<>(names));
  }
}
