package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Special;
import dev.lockstep.connector.Unreadable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects a page's rows until it holds as many rows or bytes as a page may. */
public final class PageBuilder {
  // Invariant 8: memory is bounded by configuration, never by data.
  private static final long MOST_BYTES = 8L << 20;
  private static final int MOST_RAW = 64 << 10;

  private final Scan scan;
  private final List<Row> rows;
  private final List<Unreadable> unreadable = new ArrayList<>();
  private long bytes;

  /** An empty page of a scan. */
  public PageBuilder(Scan scan) {
    this.scan = scan;
    this.rows = new ArrayList<>(Math.min(scan.plan().pageRows(), 10_000));
  }

  /** Whether the page holds as many rows or bytes as it may. */
  public boolean isFull() {
    return size() >= scan.plan().pageRows() || bytes >= MOST_BYTES;
  }

  /** Whether nothing has been added. */
  public boolean isEmpty() {
    return size() == 0;
  }

  int size() {
    return rows.size() + unreadable.size();
  }

  /** Adds a row, whose array belongs to the page from now on, and which weighs so many bytes. */
  public void add(@Nullable Object[] values, long size) {
    rows.add(new Row(scan.schema(), values));
    bytes += size;
  }

  /** How much a value weighs, for those types that may weigh much. */
  static long weight(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case String text -> text.length();
      case byte[] content -> content.length;
      case JsonText json -> json.text().length();
      case Special special -> special.text().length();
      case List<?> list -> 16L * list.size();
      default -> 16;
    };
  }

  /** A row that cannot be carried; {@code texts} are its values as far as they can be shown. */
  public void refuse(Column column, UnfitException fault, List<String> texts) {
    List<String> names = scan.columns().stream().map(Column::name).toList();
    List<String> keys = new ArrayList<>();
    List<String> keyTexts = new ArrayList<>();
    for (String key : scan.table().key()) {
      int at = names.indexOf(key);
      if (at >= 0) {
        keys.add(key);
        keyTexts.add(texts.get(at));
      }
    }
    String place =
        "table "
            + scan.dataset()
            + (keys.isEmpty() ? "" : ", " + Values.preview(keys, keyTexts, 1000));
    unreadable.add(
        new Unreadable(
            place,
            "column " + column.name() + ": " + fault.fault(),
            fault.remedy(),
            Values.preview(names, texts, MOST_RAW)));
    bytes += MOST_RAW;
  }

  /** The page, after whose last row a read stands at this place. */
  public Page page(Place after) {
    return new Page(rows, unreadable, after.position());
  }
}
