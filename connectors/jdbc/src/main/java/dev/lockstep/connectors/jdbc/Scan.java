package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One partition's read, ready to be put into SQL.
 *
 * @param columns what is read, in order
 * @param order the columns by which rows come and by which a read resumes; empty where rows have
 *     nothing to be told apart by, and a read resumes by counting
 * @param natural true where the order is the one in which the rows lie, and must not be asked for
 */
public record Scan(
    DatasetId dataset,
    Table table,
    ReadPlan plan,
    List<Column> columns,
    List<Column> order,
    boolean natural,
    Schema schema) {

  static Scan of(DatasetId dataset, Table table, ReadPlan plan, Dialect dialect) {
    List<Column> columns = columns(table, plan);
    List<Column> order = order(table, plan, dialect);
    return new Scan(
        dataset,
        table,
        plan,
        columns,
        order,
        dialect.comesInRowOrder() && order.size() == 1 && isRowId(order.getFirst(), table),
        new Schema(columns.stream().map(Column::field).toList()));
  }

  /** A read whose statement the caller makes; its rows come in an order that needs no columns. */
  public static Scan unordered(Request request, Table table) {
    ReadPlan plan = ReadPlan.of(request);
    List<Column> columns = columns(table, plan);
    return new Scan(
        request.dataset(),
        table,
        plan,
        columns,
        List.of(),
        true,
        new Schema(columns.stream().map(Column::field).toList()));
  }

  private static List<Column> columns(Table table, ReadPlan plan) {
    if (plan.fields().isEmpty()) {
      return table.columns();
    }
    Set<String> wanted = new LinkedHashSet<>(table.key());
    wanted.addAll(plan.fields());
    plan.since().ifPresent(since -> wanted.add(since.field()));
    for (String name : wanted) {
      need(table, name);
    }
    return table.columns().stream().filter(column -> wanted.contains(column.name())).toList();
  }

  private static boolean isRowId(Column column, Table table) {
    return column.name().equals(table.rowId());
  }

  /** A column that must be there. Throws {@link ConnectorException} naming those there are. */
  public static Column need(Table table, String name) {
    return table
        .column(name)
        .orElseThrow(() ->
            new ConnectorException(
                Failures.misconfigured(
                    "",
                    "table " + table.name() + " has no column '" + name + "'",
                    "correct the name; there are "
                        + table.columns().stream()
                            .map(Column::name)
                            .collect(Collectors.joining(", ")))));
  }

  private static List<Column> order(Table table, ReadPlan plan, Dialect dialect) {
    List<Column> key = new ArrayList<>();
    for (String name : table.key()) {
      key.add(need(table, name));
    }
    boolean usable = !key.isEmpty() && key.stream().noneMatch(Column::nullable);
    if (!usable) {
      return table.rowId().isEmpty() ? List.of() : List.of(dialect.rowId(table.rowId()));
    }
    // With an index on the cursor the rows asked for are read in its order; without one the key's
    // order lets every row be looked at once and not once per page.
    Optional<Column> cursor =
        plan.since()
            .map(since -> need(table, since.field()))
            .filter(
                it -> dialect.pages() && table.indexed().contains(it.name()) && !key.contains(it));
    return Stream.concat(cursor.stream(), key.stream()).toList();
  }

  /** What is selected: the columns, then those of the order. */
  public List<Column> selected() {
    return Stream.concat(columns.stream(), order.stream()).toList();
  }

  /** The value of the lower bound on the cursor field. */
  public Object since(ReadPlan.Bound since) {
    Column column = need(table, since.field());
    try {
      return column.codec().fit(Values.parse(column.type(), since.value()));
    } catch (UnfitException e) {
      throw new ConnectorException(
          new Failure.Permanent(
              "reading " + dataset + " since " + since.field() + ": " + e.fault()),
          e);
    }
  }
}
