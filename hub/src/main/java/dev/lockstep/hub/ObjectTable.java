package dev.lockstep.hub;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.store.Product;
import dev.lockstep.store.Tx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of one object, as this start found or made it. Immutable and thread-safe. */
final class ObjectTable {
  private static final String SYSTEM_COLUMNS = "id, erc, created, modified, version";
  static final int SYSTEM_COUNT = 5;

  private final ObjectDefinition definition;
  private final List<String> columns;
  private final Schema fields;
  private final Schema rows;
  private final Dataset dataset;
  private final Product product;
  private final String name;
  private final String select;
  private final String insert;
  private final String update;

  /**
   * @param columns the column of each declared field, in the definition's order
   */
  ObjectTable(ObjectDefinition definition, List<String> columns, Product product) {
    this.definition = definition;
    this.product = product;
    this.columns = columns.stream().map(ObjectTable::quoted).toList();
    this.fields = definition.schema();
    List<Field> all = new ArrayList<>();
    all.add(SystemField.EXTERNAL_REFERENCE_CODE.field());
    all.addAll(fields.fields());
    this.dataset =
        new Dataset(
            new DatasetId(definition.name()),
            new Schema(all),
            List.of(SystemField.EXTERNAL_REFERENCE_CODE.title()),
            false);
    // What only the hub sets stands in the rows it sends, but not among the fields to be written.
    all.add(SystemField.ID.field());
    all.add(SystemField.DATE_CREATED.field());
    all.add(SystemField.DATE_MODIFIED.field());
    this.rows = new Schema(all);
    this.name = quoted(nameOf(definition.name(), product));
    String list = this.columns.stream().map(column -> ", " + column).collect(Collectors.joining());
    this.select = "SELECT " + SYSTEM_COLUMNS + list + " FROM " + name;
    this.insert =
        "INSERT INTO "
            + name
            + " ("
            + SYSTEM_COLUMNS
            + list
            + ") VALUES (?, ?, ?, ?, ?"
            + ", ?".repeat(this.columns.size())
            + ")";
    this.update =
        "UPDATE "
            + name
            + " SET modified = ?, version = ?"
            + this.columns.stream().map(it -> ", " + it + " = ?").collect(Collectors.joining())
            + " WHERE id = ?";
  }

  static String nameOf(String object, Product product) {
    return product.name("hub_entry_" + object);
  }

  static String quoted(String name) {
    return '"' + name + '"';
  }

  ObjectDefinition definition() {
    return definition;
  }

  /** Where it stands. */
  Product product() {
    return product;
  }

  Schema fields() {
    return fields;
  }

  Dataset dataset() {
    return dataset;
  }

  /**
   * The entry as a row: the fields of {@link #dataset} in their order, then those only the hub
   * sets.
   */
  Row row(Entry entry) {
    int declared = fields.size();
    @Nullable Object[] values = new Object[rows.size()];
    values[0] = entry.externalReferenceCode();
    System.arraycopy(entry.values().values(), 0, values, 1, declared);
    values[declared + 1] = entry.id();
    values[declared + 2] = entry.dateCreated();
    values[declared + 3] = entry.dateModified();
    return new Row(rows, values);
  }

  Optional<Entry> find(Tx tx, EntryRef ref) {
    return switch (ref) {
      case EntryRef.Code(String code) -> tx.first(select + " WHERE erc = ?", this::entry, code);
      case EntryRef.Id(long id) -> tx.first(select + " WHERE id = ?", this::entry, id);
    };
  }

  List<Entry> find(Tx tx, List<String> sought) {
    // No code holds it, and PostgreSQL has no JSON that does.
    List<String> codes = sought.stream().filter(code -> code.indexOf('\0') < 0).toList();
    return switch (codes.size()) {
      case 0 -> List.of();
      case 1 -> tx.list(select + " WHERE erc = ?", this::entry, codes.getFirst());
      default ->
          tx.list(
              select + " WHERE erc IN (" + tx.product().elements() + ")",
              this::entry,
              EntryJson.array(codes));
    };
  }

  /** Entries that meet a condition in SQL over this table's columns. */
  List<Entry> where(Tx tx, String condition, @Nullable Object... values) {
    return tx.list(select + " WHERE " + condition, this::entry, values);
  }

  /** Hands over entries that meet a condition as they are read, so that who takes them may stop. */
  void each(Tx tx, String condition, Consumer<Entry> taker, @Nullable Object... values) {
    tx.each(select + " WHERE " + condition, this::entry, taker, values);
  }

  /** The same with more columns, each an expression of SQL whose value is a text. */
  void each(
      Tx tx,
      List<String> more,
      String condition,
      Consumer<FetchedEntry> taker,
      @Nullable Object... values) {
    int first = SYSTEM_COUNT + fields.size() + 1;
    tx.each(
        "SELECT "
            + SYSTEM_COLUMNS
            + columns.stream().map(it -> ", " + it).collect(Collectors.joining())
            + more.stream().map(it -> ", " + it).collect(Collectors.joining())
            + " FROM "
            + name
            + " WHERE "
            + condition,
        row -> {
          @Nullable String[] texts = new String[more.size()];
          for (int i = 0; i < texts.length; i++) {
            texts[i] = row.isNull(first + i) ? null : row.text(first + i);
          }
          return new FetchedEntry(entry(row), Arrays.asList(texts));
        },
        taker,
        values);
  }

  /** The column of a declared field, quoted. */
  String column(String field) {
    return columns.get(fields.indexOf(field));
  }

  void insert(Tx tx, List<Entry> entries) {
    List<@Nullable Object[]> rows = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      @Nullable Object[] values = new Object[SYSTEM_COUNT + fields.size()];
      values[0] = entry.id();
      values[1] = entry.externalReferenceCode();
      values[2] = ColumnForm.micros(entry.dateCreated());
      values[3] = ColumnForm.micros(entry.dateModified());
      values[4] = entry.version();
      fill(values, SYSTEM_COUNT, entry);
      rows.add(values);
    }
    tx.batch(insert, rows);
  }

  /** The ids of the entries that have these codes. */
  void ids(Tx tx, List<String> codes, BiConsumer<String, Long> taker) {
    tx.each(
        "SELECT erc, id FROM " + name + " WHERE erc IN (" + product.elements() + ")",
        row -> Map.entry(row.text(1), row.integer(2)),
        found -> taker.accept(found.getKey(), found.getValue()),
        EntryJson.array(codes));
  }

  void update(Tx tx, Entry entry) {
    @Nullable Object[] values = new Object[3 + fields.size()];
    values[0] = ColumnForm.micros(entry.dateModified());
    values[1] = entry.version();
    fill(values, 2, entry);
    values[values.length - 1] = entry.id();
    tx.update(update, values);
  }

  void delete(Tx tx, long id) {
    tx.update("DELETE FROM " + name + " WHERE id = ?", id);
  }

  /** The code of another entry that has the same values in a set of unique fields. */
  Optional<String> twin(Tx tx, List<String> set, Entry entry) {
    List<@Nullable Object> values = new ArrayList<>();
    List<String> equals = new ArrayList<>();
    for (String field : set) {
      Object value = entry.values().get(field);
      if (value == null) {
        return Optional.empty();
      }
      String equal =
          PostgresForm.equal(
              fields.field(fields.indexOf(field)).type(), tx.product(), column(field));
      equal.chars().filter(it -> it == '?').forEach(_ -> values.add(ColumnForm.to(value)));
      equals.add(equal);
    }
    values.add(entry.id());
    String equal = String.join(" AND ", equals);
    return tx.first(
        "SELECT erc FROM " + name + " WHERE " + equal + " AND id <> ? LIMIT 1",
        columns -> columns.text(1),
        values.toArray());
  }

  /** How many entries there are, exactly up to a bound, above it how far their ids reach. */
  long estimate(Tx tx, int counted) {
    long some =
        tx.first(
                "SELECT count(*) FROM (SELECT 1 FROM " + name + " LIMIT ?) AS counted",
                columns -> columns.integer(1),
                counted + 1)
            .orElse(0L);
    return some <= counted
        ? some
        : bounds(tx).map(bounds -> bounds[1] - bounds[0] + 1).orElse(some);
  }

  /** The least and the greatest id; empty when there are no entries. */
  Optional<long[]> bounds(Tx tx) {
    return tx.first(
            "SELECT min(id), max(id) FROM " + name,
            columns ->
                columns.isNull(1)
                    ? new long[0]
                    : new long[] {columns.integer(1), columns.integer(2)})
        .filter(bounds -> bounds.length == 2);
  }

  /** The declared fields' values from an event: what does not fit today's definition is refused. */
  Row stored(Map<String, @Nullable Object> sent) {
    @Nullable Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = sent.get(fields.field(i).name());
      if (value != null) {
        values[i] = carrier(i, value);
      }
    }
    return new Row(fields, values);
  }

  private Object carrier(int index, Object value) {
    try {
      return Conversion.to(fields.field(index).type(), value);
    } catch (Conversion.Unfit unfit) {
      throw new IllegalArgumentException(
          fields.field(index).name()
              + " "
              + unfit.fault()
              + " and the field is now "
              + fields.field(index).type().label(),
          unfit);
    }
  }

  private void fill(@Nullable Object[] values, int from, Entry entry) {
    for (int i = 0; i < fields.size(); i++) {
      values[from + i] = ColumnForm.to(entry.values().get(i));
    }
  }

  private Entry entry(Tx.Columns columns) {
    @Nullable Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ColumnForm.from(fields.field(i).type(), columns, SYSTEM_COUNT + 1 + i);
    }
    return new Entry(
        columns.text(2),
        columns.integer(1),
        ColumnForm.moment(columns.integer(3)),
        ColumnForm.moment(columns.integer(4)),
        columns.integer(5),
        new Row(fields, values));
  }
}
