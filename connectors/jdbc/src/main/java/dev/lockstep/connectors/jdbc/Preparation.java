package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns mutations of one table into items, and refuses those whose values no column takes. Good for
 * any number of batches with the same key and mode. One thread.
 */
public final class Preparation {
  /** Rows of so many schemas are told apart at once. */
  private static final int LAYOUTS = 100;

  private final Table table;
  private final List<String> names;
  private final Mode mode;
  private final Dialect dialect;
  private final Map<String, Column> columns;
  private final List<Column> key = new ArrayList<>();
  private final Shape keyOnly;
  private final Map<Schema, Layout> layouts = new HashMap<>();
  private @Nullable Layout last;

  /** A field that the table has no column for is refused as misconfigured. */
  public Preparation(Table table, List<String> names, Mode mode, Dialect dialect) {
    this.table = table;
    this.names = List.copyOf(names);
    this.mode = mode;
    this.dialect = dialect;
    this.columns = table.byName();
    for (String name : names) {
      key.add(Scan.need(table, name));
    }
    this.keyOnly = Shape.of(table, key, key.size(), false);
  }

  /** Where each column's value comes from, for rows of one schema. */
  private final class Layout {
    private final Schema schema;
    private final Column[] all;

    /** For each column after the key its index in the row. */
    private final int[] sources;

    private final Shape full;
    private final Map<BitSet, Shape> partial = new HashMap<>();

    Layout(Schema schema) {
      this.schema = schema;
      List<Column> written = new ArrayList<>(key);
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < schema.size(); i++) {
        String name = schema.field(i).name();
        Column column = columns.get(name);
        if (column == null) {
          throw noColumn(name, schema.field(i).type());
        }
        if (!names.contains(name) && column.writing() != Column.Writing.NEVER) {
          written.add(column);
          places.add(i);
        }
      }
      this.all = written.toArray(Column[]::new);
      this.sources = places.stream().mapToInt(Integer::intValue).toArray();
      this.full = Shape.of(table, written, key.size(), false);
    }

    private Shape partial(BitSet present) {
      return partial.computeIfAbsent(
          present,
          bits -> {
            List<Column> some = new ArrayList<>(key);
            bits.stream().forEach(i -> some.add(all[key.size() + i]));
            return Shape.of(table, some, key.size(), true);
          });
    }
  }

  private ConnectorException noColumn(String name, Type type) {
    return new ConnectorException(
        Failures.misconfigured(
            "",
            "table " + table.name() + " has no column '" + name + "'",
            "leave it out of `map`, or run: ALTER TABLE "
                + dialect.quote(table.name())
                + " ADD COLUMN "
                + dialect.quote(name)
                + " "
                + dialect.columnType(type, false)));
  }

  /**
   * The items of a batch, in the order of its mutations, save that those which move come first:
   * what they take along may be overwritten by the others.
   *
   * @param outcomes receives the rejection of every mutation that makes no item
   */
  public List<Item> items(List<Mutation> mutations, Outcomes outcomes) {
    List<Item> items = new ArrayList<>(mutations.size());
    int place = 0;
    boolean moves = false;
    for (Mutation mutation : mutations) {
      try {
        Item item = item(place, mutation);
        moves |= item.move() != null;
        items.add(item);
      } catch (UnfitException e) {
        outcomes.set(place, new Outcome.Rejected(e.fault(), e.remedy()));
      }
      place++;
    }
    return moves ? new Moves(mutations).arranged(items) : items;
  }

  private Item item(int place, Mutation mutation) throws UnfitException {
    return switch (mutation) {
      case Mutation.Upsert(Key of, Row row) -> upsert(place, of, row);
      case Mutation.Move move -> move(place, move);
      case Mutation.Delete(Key of) -> {
        if (mode == Mode.APPEND) {
          throw new UnfitException("a delete cannot be appended", "use mode: upsert or mirror");
        }
        @Nullable Object[] values = new @Nullable Object[key.size()];
        putKey(of, values);
        yield new Item(place, true, keyOnly, values);
      }
    };
  }

  private Item upsert(int place, Key of, Row row) throws UnfitException {
    Layout layout = layout(row.schema());
    int keys = key.size();
    @Nullable Object[] values = new @Nullable Object[layout.all.length];
    putKey(of, values);
    BitSet present = null;
    for (int i = keys; i < values.length; i++) {
      Object value = row.get(layout.sources[i - keys]);
      if (value == Row.ABSENT) {
        present = present == null ? allBut(values.length - keys) : present;
        present.clear(i - keys);
      } else if (value != null) {
        values[i] = fit(layout.all[i], value);
      }
    }
    return present == null
        ? new Item(place, false, layout.full, values)
        : new Item(place, false, layout.partial(present), only(values, present, keys));
  }

  private Item move(int place, Mutation.Move mutation) throws UnfitException {
    Layout layout = layout(mutation.row().schema());
    int keys = key.size();
    @Nullable Object[] values = new @Nullable Object[layout.all.length];
    putKey(mutation.key(), values);
    BitSet kept = new BitSet();
    for (int i = keys; i < values.length; i++) {
      Object value = mutation.row().get(layout.sources[i - keys]);
      if (value == Row.ABSENT) {
        kept.set(i);
      } else if (value != null) {
        values[i] = fit(layout.all[i], value);
      }
    }
    if (kept.isEmpty()) {
      return new Item(place, false, layout.full, values);
    }
    @Nullable Object[] from = new @Nullable Object[keys];
    putKey(mutation.from(), from);
    return new Item(place, false, layout.full, values, new Item.Move(from, kept, false, false), -1);
  }

  // Rows share one instance of their schema.
  @SuppressWarnings("ReferenceEquality")
  private Layout layout(Schema schema) {
    Layout known = last;
    if (known != null && known.schema == schema) {
      return known;
    }
    if (layouts.size() >= LAYOUTS) {
      layouts.clear();
    }
    Layout layout = layouts.computeIfAbsent(schema, Layout::new);
    last = layout;
    return layout;
  }

  private void putKey(Key of, @Nullable Object[] values) throws UnfitException {
    if (key.isEmpty() && mode == Mode.APPEND) {
      // Such a record is known by all that it holds, which is in its row.
      return;
    }
    if (of.size() != key.size()) {
      throw new UnfitException(
          "the key has " + of.size() + " parts where the target's has " + key.size(),
          "name the target's key fields in the sync");
    }
    for (int i = 0; i < key.size(); i++) {
      values[i] = fit(key.get(i), of.part(i));
    }
  }

  private static Object fit(Column column, Object value) throws UnfitException {
    try {
      return column.codec().fit(value);
    } catch (UnfitException e) {
      throw new UnfitException("column " + column.name() + ": " + e.fault(), e.remedy());
    }
  }

  private static BitSet allBut(int size) {
    BitSet all = new BitSet(size);
    all.set(0, size);
    return all;
  }

  private static @Nullable Object[] only(@Nullable Object[] values, BitSet present, int keys) {
    @Nullable Object[] some = new @Nullable Object[keys + present.cardinality()];
    System.arraycopy(values, 0, some, 0, keys);
    int at = keys;
    for (int i = present.nextSetBit(0); i >= 0; i = present.nextSetBit(i + 1)) {
      some[at++] = values[keys + i];
    }
    return some;
  }
}
