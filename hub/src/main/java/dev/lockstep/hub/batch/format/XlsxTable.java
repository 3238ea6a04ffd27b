package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rows of a workbook's first sheet, and of those after it that begin with the same row, as
 * {@link XlsxItemWriter} writes them where one sheet is not enough. Of formulas, their last value.
 */
final class XlsxTable implements Table {
  private final Workbook workbook;
  private final SheetValues values;
  private final Iterator<Workbook.Sheet> sheets;
  private Workbook.Sheet sheet;
  private Xml xml;
  private @Nullable JsonNode @Nullable [] first;
  private long number;

  XlsxTable(Path file, Path scratch) throws IOException {
    this.workbook = new Workbook(file);
    try {
      this.values = new SheetValues(workbook, scratch);
      this.sheets = workbook.sheets().iterator();
      this.sheet = sheets.next();
      this.xml = workbook.rows(sheet);
    } catch (IOException | RuntimeException failed) {
      workbook.close();
      throw failed;
    }
  }

  @Override
  public @Nullable Row next() throws IOException {
    Row row = row();
    if (first == null && row != null && !row.isEmpty()) {
      first = row.cells();
    }
    while (row == null && sheets.hasNext()) {
      xml.close();
      sheet = sheets.next();
      xml = workbook.rows(sheet);
      number = 0;
      Row head = row();
      if (head != null && Arrays.equals(head.cells(), first)) {
        row = row();
      }
    }
    return row;
  }

  private @Nullable Row row() throws IOException {
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT && xml.name().equals("row")) {
        int said = DateStyles.number(xml.attribute("r"));
        number = said > 0 ? said : number + 1;
        return new Cutting().row();
      }
      if (event == XMLStreamConstants.END_ELEMENT && xml.name().equals("sheetData")) {
        return null;
      }
    }
    return null;
  }

  /** The cells of one row as they come. */
  private final class Cutting {
    private @Nullable JsonNode[] cells = new @Nullable JsonNode[16];
    private int count;
    private int position;
    private String fault = "";

    Row row() throws IOException {
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT && xml.name().equals("c")) {
          cell();
        } else if (event == XMLStreamConstants.END_ELEMENT && xml.name().equals("row")) {
          break;
        }
      }
      return new Row(
          (sheet.name().isEmpty() ? "" : "sheet '" + sheet.name() + "', ") + "row " + number,
          Arrays.copyOf(cells, count),
          fault);
    }

    private void cell() throws IOException {
      String reference = xml.attribute("r");
      int column = reference == null ? position : column(reference);
      position = column + 1;
      String type = xml.attribute("t");
      int style = DateStyles.number(xml.attribute("s"));
      boolean formula = false;
      String raw = null;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          switch (xml.name()) {
            case "v" -> raw = text("v");
            case "is" -> raw = SheetValues.richText(xml, "is");
            case "f" -> formula = true;
            default -> {}
          }
        } else if (event == XMLStreamConstants.END_ELEMENT && xml.name().equals("c")) {
          break;
        }
      }
      if (raw != null) {
        put(column, type, style, raw);
      } else if (formula) {
        fault(column, "has a formula without a value; save the workbook in a program for tables");
      }
    }

    private String text(String element) throws IOException {
      StringBuilder text = new StringBuilder();
      while (xml.hasNext()) {
        int event = xml.next();
        if (Xml.isText(event)) {
          xml.text(text);
        } else if (event == XMLStreamConstants.END_ELEMENT && xml.name().equals(element)) {
          break;
        }
      }
      return text.toString();
    }

    private void put(int column, @Nullable String type, int style, String raw) throws IOException {
      if (column >= TableHeader.MOST_COLUMNS) {
        fault(TableHeader.MOST_COLUMNS, "is beyond the last column that a sheet can have");
        return;
      }
      if (column >= cells.length) {
        cells = Arrays.copyOf(cells, Math.max(column + 1, cells.length * 2));
      }
      count = Math.max(count, column + 1);
      try {
        cells[column] = values.value(type, style, raw);
      } catch (SheetValues.Unfit unfit) {
        fault(column, String.valueOf(unfit.getMessage()));
      }
    }

    private void fault(int column, String what) {
      if (fault.isEmpty()) {
        fault = "cell " + XlsxItemWriter.letters(column) + number + " " + what;
      }
    }
  }

  /** The column of a reference such as C7, counted from 0. */
  private static int column(String reference) {
    int column = 0;
    for (int i = 0; i < reference.length() && Character.isLetter(reference.charAt(i)); i++) {
      column =
          Math.min(column, 1 << 20) * 26 + Character.toUpperCase(reference.charAt(i)) - 'A' + 1;
    }
    return column - 1 < 0 ? TableHeader.MOST_COLUMNS : column - 1;
  }

  @Override
  public Optional<ItemReader.Reach> reach() {
    return Optional.of(new ItemReader.Reach(workbook.rowsRead(), workbook.rowsSize()));
  }

  @Override
  public void close() throws IOException {
    try (workbook;
        values) {
      xml.close();
    }
  }
}
