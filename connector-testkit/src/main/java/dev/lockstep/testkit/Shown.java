package dev.lockstep.testkit;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Row;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows as text in which equal values are equal, whatever scale or spacing a system keeps. */
final class Shown {
  private Shown() {}

  /** The dataset's fields of a row; more that a source sends are left out. */
  static String row(Dataset dataset, Row row) {
    Map<String, String> values = new TreeMap<>();
    dataset.schema().names().forEach(name -> values.put(name, value(row.get(name))));
    return values.toString();
  }

  static List<String> rows(Dataset dataset, Collection<Row> rows) {
    return rows.stream().map(row -> row(dataset, row)).toList();
  }

  static String value(@Nullable Object value) {
    return switch (value) {
      case null -> "(null)";
      case BigDecimal number ->
          number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
      case byte[] bytes -> "0x" + HexFormat.of().formatHex(bytes);
      // A database may store a document in its own spacing.
      case JsonText(String text) -> text.replaceAll("\\s+", "");
      case List<?> list -> list.stream().map(Shown::value).toList().toString();
      default -> value.toString();
    };
  }
}
