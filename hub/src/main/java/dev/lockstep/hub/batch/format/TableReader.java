package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Items that are rows of a table whose first row names the columns. */
final class TableReader implements ItemReader {
  private final Table table;
  private final Function<String, Column> columns;
  private @Nullable TableHeader header;
  private Table.@Nullable Row first;
  private long index;

  /**
   * @param named whether the first row names the columns; they are called 0, 1, 2 otherwise
   * @param columns what the values of a column are, by its name
   * @throws ContentDamaged when the first row cannot be read
   */
  TableReader(Table table, boolean named, Function<String, Column> columns) throws IOException {
    this.table = table;
    this.columns = columns;
    Table.Row row = table.next();
    while (row != null && row.fault().isEmpty() && row.isEmpty()) {
      row = table.next();
    }
    if (row != null && !row.fault().isEmpty()) {
      throw new ContentDamaged(row.place() + ": " + row.fault());
    }
    if (row == null) {
      if (named) {
        throw new ContentDamaged(
            "the content is empty; begin with a row of the names of the fields");
      }
    } else if (named) {
      this.header = TableHeader.of(row, columns);
    } else {
      this.first = row;
    }
  }

  @Override
  public @Nullable Item next() throws IOException {
    Table.Row row = first == null ? table.next() : first;
    first = null;
    while (row != null && row.fault().isEmpty() && row.isEmpty() && skipsEmpty()) {
      row = table.next();
    }
    if (row == null) {
      return null;
    }
    index++;
    TableHeader known = header(row);
    String fault = row.fault().isEmpty() ? known.fault(row) : row.place() + ": " + row.fault();
    return fault.isEmpty()
        ? new Item.Read(index, known.item(row))
        : new Item.Damaged(index, text(known, row), fault);
  }

  /** In a table of one column an empty row is an item whose only value is null. */
  private boolean skipsEmpty() {
    return header == null || header.size() > 1;
  }

  private TableHeader header(Table.Row row) {
    TableHeader known = header;
    if (known == null) {
      known = TableHeader.numbered(row.cells().length, columns);
      header = known;
    }
    return known;
  }

  /** What could be read of a row, under the names of its columns. */
  private static String text(TableHeader header, Table.Row row) {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < row.cells().length; i++) {
      JsonNode cell = row.cells()[i];
      String name = i < header.size() ? header.names().get(i) : "";
      if (cell != null) {
        item.set(name.isEmpty() ? "(column " + (i + 1) + ")" : name, cell);
      }
    }
    return item.toString();
  }

  @Override
  public Optional<Reach> reach() {
    return table.reach();
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
