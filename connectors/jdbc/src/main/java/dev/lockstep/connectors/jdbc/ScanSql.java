package dev.lockstep.connectors.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Builds the statement of a {@link Scan}; how values stand in it differs between JDBC and COPY. */
public final class ScanSql {
  private final Scan scan;
  private final Dialect dialect;
  private final Form form;
  private final List<Bind> binds = new ArrayList<>();

  private ScanSql(Scan scan, Dialect dialect, Form form) {
    this.scan = scan;
    this.dialect = dialect;
    this.form = form;
  }

  /** How values and columns are written. */
  public interface Form {
    /** A value in a column's own text form for positions. */
    String place(Column column, String place, List<Bind> binds);

    /** A fitted value. */
    String value(Column column, Object value, List<Bind> binds);

    /** A column among those selected. */
    String select(Column column, String quoted);
  }

  /** A value to bind: either a {@code place} in text form or a fitted value. */
  public record Bind(Column column, boolean isPlace, Object value) {}

  /** The statement and what to bind to it, in order. */
  public record Sql(String text, List<Bind> binds) {}

  /** With question marks. */
  enum Parameters implements Form {
    INSTANCE;

    @Override
    public String place(Column column, String place, List<Bind> binds) {
      binds.add(new Bind(column, true, place));
      return column.codec().parameter();
    }

    @Override
    public String value(Column column, Object value, List<Bind> binds) {
      binds.add(new Bind(column, false, value));
      return column.codec().parameter();
    }

    @Override
    public String select(Column column, String quoted) {
      return column.codec().select(quoted);
    }
  }

  /**
   * The statement that reads on from a place.
   *
   * @param limit the most rows, 0 for all
   */
  public static Sql of(Scan scan, Dialect dialect, Form form, Place after, int limit) {
    return new ScanSql(scan, dialect, form).build(after, limit);
  }

  private Sql build(Place after, int limit) {
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(
        scan.selected().stream()
            .map(column -> form.select(column, quote(column)))
            .collect(Collectors.joining(", ")));
    if (scan.selected().isEmpty()) {
      sql.append('1');
    }
    sql.append(" FROM ").append(dialect.quote(scan.table().name())).append(" t");
    List<String> conditions = conditions(after);
    if (!conditions.isEmpty()) {
      sql.append(" WHERE ").append(String.join(" AND ", conditions));
    }
    if (!scan.order().isEmpty() && !scan.natural()) {
      sql.append(" ORDER BY ").append(names(scan.order()));
    }
    if (limit > 0) {
      sql.append(" LIMIT ").append(limit);
    }
    if (after instanceof Place.Count(long rows) && rows > 0) {
      sql.append(limit > 0 ? "" : " LIMIT " + Long.MAX_VALUE).append(" OFFSET ").append(rows);
    }
    return new Sql(sql.toString(), List.copyOf(binds));
  }

  private List<String> conditions(Place after) {
    List<String> conditions = new ArrayList<>();
    scan.plan()
        .since()
        .ifPresent(since -> {
          Column column = Scan.need(scan.table(), since.field());
          String value = form.value(column, scan.since(since), binds);
          conditions.add(quote(column) + " >= " + value);
        });
    if (!scan.table().key().isEmpty()) {
      Column first = Scan.need(scan.table(), scan.table().key().getFirst());
      scan.plan()
          .from()
          .ifPresent(it -> conditions.add(quote(first) + " >= " + form.place(first, it, binds)));
      scan.plan()
          .to()
          .ifPresent(it -> conditions.add(quote(first) + " < " + form.place(first, it, binds)));
    }
    if (after instanceof Place.After(List<String> values)) {
      conditions.add(after(scan.order(), values));
    }
    return conditions;
  }

  private String after(List<Column> order, List<String> values) {
    if (order.size() == 1 || dialect.comparesRows()) {
      List<String> places = new ArrayList<>();
      for (int i = 0; i < order.size(); i++) {
        places.add(form.place(order.get(i), values.get(i), binds));
      }
      return order.size() == 1
          ? quote(order.getFirst()) + " > " + places.getFirst()
          : "(" + names(order) + ") > (" + String.join(", ", places) + ")";
    }
    Column first = order.getFirst();
    String start = quote(first) + " >= " + form.place(first, values.getFirst(), binds);
    return start + " AND " + spelled(order, values);
  }

  /**
   * {@code (a > ? OR (a = ? AND (b > ?)))}, for products that answer a row comparison by scanning.
   */
  private String spelled(List<Column> order, List<String> values) {
    Column first = order.getFirst();
    String beyond = quote(first) + " > " + form.place(first, values.getFirst(), binds);
    if (order.size() == 1) {
      return beyond;
    }
    String equal = quote(first) + " = " + form.place(first, values.getFirst(), binds);
    String rest = spelled(order.subList(1, order.size()), values.subList(1, values.size()));
    return "(" + beyond + " OR (" + equal + " AND " + rest + "))";
  }

  private String names(List<Column> columns) {
    return columns.stream().map(this::quote).collect(Collectors.joining(", "));
  }

  /**
   * With the table's alias: ORDER BY would otherwise mean the selected expression, which may be a
   * cast that orders otherwise. Hidden columns go by a keyword, which quoting would hide.
   */
  private String quote(Column column) {
    boolean hidden = column.name().equals(scan.table().rowId());
    return "t." + (hidden ? column.name() : dialect.quote(column.name()));
  }
}
