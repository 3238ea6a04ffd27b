package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Items as rows of a workbook, streamed. Texts are texts, never formulas. Where a sheet is full, it
 * goes on in another with the same first row.
 */
final class XlsxItemWriter implements ItemWriter {
  static final int MOST_ROWS = 1_048_576;
  private static final int MOST_CHARACTERS = 32_767;

  private final List<TablePath> columns;
  private final List<Column> types;
  private final List<String> letters;
  private final int mostRows;
  private final ZipOutputStream zip;
  private final Writer out;
  private int sheets;
  private int rows;
  private long items;

  XlsxItemWriter(OutputStream out, List<String> columns, List<Column> types) throws IOException {
    this(out, columns, types, MOST_ROWS);
  }

  XlsxItemWriter(OutputStream out, List<String> columns, List<Column> types, int mostRows)
      throws IOException {
    if (columns.size() > TableHeader.MOST_COLUMNS) {
      throw new ContentDamaged("a sheet has no more than " + TableHeader.MOST_COLUMNS + " columns");
    }
    this.columns = TablePath.of(columns);
    this.types = types;
    this.letters = IntStream.range(0, columns.size()).mapToObj(XlsxItemWriter::letters).toList();
    this.mostRows = mostRows;
    this.zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
    this.out = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
    begin();
  }

  private void begin() throws IOException {
    sheets++;
    rows = 0;
    zip.putNextEntry(new ZipEntry("xl/worksheets/sheet" + sheets + ".xml"));
    out.write(XlsxParts.SHEET);
    row();
    for (int i = 0; i < columns.size(); i++) {
      text(i, columns.get(i).name());
    }
    out.write("</row>");
  }

  private void row() throws IOException {
    rows++;
    out.write("<row r=\"" + rows + "\">");
  }

  private void end() throws IOException {
    out.write("</sheetData></worksheet>");
    out.flush();
    zip.closeEntry();
  }

  @Override
  public void write(ObjectNode item) throws IOException {
    if (rows == mostRows) {
      end();
      begin();
    }
    items++;
    row();
    for (int i = 0; i < columns.size(); i++) {
      cell(i, columns.get(i).in(item));
    }
    out.write("</row>");
  }

  private void cell(int column, @Nullable JsonNode value) throws IOException {
    if (value == null) {
      return;
    }
    if (value.isBoolean()) {
      number(column, " t=\"b\"", value.booleanValue() ? "1" : "0");
    } else if (value.isNumber() && SheetNumbers.isExact(value)) {
      number(column, "", SheetNumbers.text(value));
    } else {
      String text = value.isNumber() ? Cells.plain(value) : value.asString();
      Double days = SheetNumbers.days(types.get(column), text);
      if (days != null) {
        String style = types.get(column) == Column.DATE ? " s=\"1\"" : " s=\"2\"";
        number(column, style, SheetNumbers.text(days));
      } else if (text.length() > MOST_CHARACTERS) {
        throw new ContentDamaged(
            "item "
                + items
                + " has more than "
                + MOST_CHARACTERS
                + " characters in "
                + columns.get(column).name()
                + ", which is more than a cell holds; export it as CSV or JSONL");
      } else {
        text(column, text);
      }
    }
  }

  private void begin(int column) throws IOException {
    out.write("<c r=\"");
    out.write(letters.get(column));
    out.write(Integer.toString(rows));
    out.write('"');
  }

  private void number(int column, String kind, String value) throws IOException {
    begin(column);
    out.write(kind);
    out.write("><v>");
    out.write(value);
    out.write("</v></c>");
  }

  private void text(int column, String text) throws IOException {
    begin(column);
    out.write(" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    XlsxParts.escape(text, out);
    out.write("</t></is></c>");
  }

  /** The letters of a column that is counted from 0. */
  static String letters(int column) {
    StringBuilder letters = new StringBuilder();
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
      letters.insert(0, (char) ('A' + (rest - 1) % 26));
    }
    return letters.toString();
  }

  /** A workbook is nothing before its end. */
  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    end();
    for (XlsxParts.Part part : XlsxParts.around(sheets)) {
      zip.putNextEntry(new ZipEntry(part.name()));
      zip.write(part.text().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    zip.close();
  }
}
