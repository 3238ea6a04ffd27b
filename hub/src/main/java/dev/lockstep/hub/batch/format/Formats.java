package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Opens contents. */
public final class Formats {
  /** Longer items are not read. */
  public static final int MOST_ITEM = 8 << 20;

  private static final int MOST_TOLD = 10_000;

  private Formats() {}

  /** As below, for a content of whose columns nothing is known. */
  public static ItemReader read(ContentType type, InputStream in, Map<String, String> parameters)
      throws IOException {
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    return read(type, in, parameters, _ -> Column.UNKNOWN, scratch);
  }

  /**
   * Reads the items of a content.
   *
   * @param in the content itself, unpacked; closed with the reader
   * @param parameters of the task: {@code containsHeaders}, {@code delimiter}, {@code
   *     enclosingCharacter}
   * @param columns what the values of a table's columns are, by their names in the content
   * @param scratch a folder for what does not fit into memory; emptied when the reader is closed
   * @throws ContentDamaged when not even its beginning can be read
   */
  public static ItemReader read(
      ContentType type,
      InputStream in,
      Map<String, String> parameters,
      Function<String, Column> columns,
      Path scratch)
      throws IOException {
    try {
      return switch (type) {
        case JSON -> JsonReader.array(in);
        case JSONL -> new JsonLinesReader(in);
        case JSONT -> JsonReader.unit(in);
        case CSV -> {
          TableStyle style = TableStyle.of(parameters);
          yield new TableReader(
              new CsvTable(in, style.delimiter(), style.quote()), style.named(), columns);
        }
        case XLSX -> {
          Spilled file = Spilled.of(in, scratch);
          yield file.closing(() ->
              new TableReader(
                  new XlsxTable(file.path(), scratch), TableStyle.of(parameters).named(), columns));
        }
        case XLS ->
            throw new ContentDamaged(
                "old XLS files are not read; save the table as XLSX or as CSV in UTF-8");
      };
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }

  /**
   * Writes items as a table.
   *
   * @param type CSV or XLSX
   * @param columns their names, in order; {@code status.code} is the code within the status
   * @param types what the values of each are
   * @param parameters of the task: {@code delimiter}
   * @param named whether the names of the columns come first; not where a CSV is gone on with
   */
  public static ItemWriter table(
      ContentType type,
      OutputStream out,
      List<String> columns,
      List<Column> types,
      Map<String, String> parameters,
      boolean named)
      throws IOException {
    return switch (type) {
      case CSV -> new CsvItemWriter(out, columns, TableStyle.of(parameters).delimiter(), named);
      case XLSX -> new XlsxItemWriter(out, columns, types);
      case JSON, JSONL, JSONT, XLS -> throw new ContentDamaged(type + " is not written as a table");
    };
  }

  /** As much of a text as is told to people. */
  static String cut(String text) {
    return text.length() <= MOST_TOLD ? text : text.substring(0, MOST_TOLD) + "…";
  }
}
