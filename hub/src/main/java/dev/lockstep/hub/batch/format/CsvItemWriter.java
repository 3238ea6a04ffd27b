package dev.lockstep.hub.batch.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Items as rows of a CSV, in the way {@link CsvTable} reads them. */
final class CsvItemWriter implements ItemWriter {
  /** What other programs might cut or trim stands in quotes as well. */
  private static final String QUOTED = ",;\t|\"\r\n";

  private final List<TablePath> columns;
  private final CsvWriter csv;
  private final OutputStream out;

  /**
   * @param named whether the names of the columns come first; not for a file that is gone on with
   */
  CsvItemWriter(OutputStream out, List<String> columns, char delimiter, boolean named) {
    this.out = out;
    this.columns = TablePath.of(columns);
    this.csv =
        CsvWriter.builder()
            .fieldSeparator(delimiter)
            .quoteStrategy(new Quoting(delimiter))
            .build(out, StandardCharsets.UTF_8);
    if (named) {
      csv.writeRecord(columns);
    }
  }

  private record Quoting(char delimiter) implements QuoteStrategy {
    @Override
    public boolean quoteEmpty(int line, int field) {
      return true;
    }

    @Override
    public boolean quoteValue(int line, int field, String value) {
      return value.charAt(0) <= ' '
          || value.charAt(value.length() - 1) <= ' '
          || value.charAt(0) == '\uFEFF'
          || value.chars().anyMatch(c -> c == delimiter || QUOTED.indexOf(c) >= 0);
    }
  }

  @Override
  public void write(ObjectNode item) throws IOException {
    try {
      CsvWriter.CsvWriterRecord row = csv.writeRecord();
      for (TablePath column : columns) {
        row.writeField(text(column.in(item)));
      }
      row.endRecord();
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    return value.isString() ? Formulas.neutral(value.stringValue()) : Cells.plain(value);
  }

  @Override
  public void flush() throws IOException {
    csv.flush();
    out.flush();
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
