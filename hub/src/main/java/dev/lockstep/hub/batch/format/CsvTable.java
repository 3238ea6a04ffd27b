package dev.lockstep.hub.batch.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * CSV as RFC 4180 says, in UTF-8. An empty field is null, one of two quotes is the empty text. Each
 * row has as many fields as the first.
 */
final class CsvTable implements Table {
  private final CsvReader<Row> reader;
  private final Iterator<Row> rows;
  private int width = -1;

  /**
   * @param delimiter between fields
   * @param quote around fields that hold a delimiter, a quote (twice) or a new line
   */
  CsvTable(InputStream in, char delimiter, char quote) throws IOException {
    this.reader =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .quoteCharacter(quote)
            .allowUnclosedQuote(false)
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(Formats.MOST_ITEM)
            .build(new Fields(), new Utf8Text(ByteOrder.utf8(in)));
    this.rows = reader.iterator();
  }

  @Override
  public @Nullable Row next() throws IOException {
    try {
      if (!rows.hasNext()) {
        return null;
      }
      return counted(rows.next());
    } catch (CsvParseException malformed) {
      throw damaged(malformed);
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private static IOException damaged(CsvParseException malformed) {
    for (Throwable cause = malformed; cause != null; cause = cause.getCause()) {
      if (cause instanceof ContentDamaged damaged) {
        return damaged;
      }
    }
    Throwable said = malformed.getCause() == null ? malformed : malformed.getCause();
    return new ContentDamaged(
        said.getMessage()
            + "; write a quote within a field twice, and end each quoted field with a quote");
  }

  /** The first row says how many fields there are. */
  private Row counted(Row row) {
    int count = row.cells().length;
    boolean blank = count <= 1 && row.isEmpty();
    if (width < 0) {
      width = blank ? width : count;
      return row;
    }
    return count == width || (blank && width != count)
        ? row
        : new Row(
            row.place(), row.cells(), "it has " + count + " fields, and the first row " + width);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** Collects fields, telling quoted from unquoted ones. */
  private static final class Fields extends AbstractBaseCsvCallbackHandler<Row> {
    private @Nullable JsonNode[] cells = new @Nullable JsonNode[16];
    private int count;
    private long line;

    @Override
    protected void handleBegin(long startingLineNumber) {
      line = startingLineNumber;
      count = 0;
    }

    @Override
    protected void handleEmpty() {
      count = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      if (count == cells.length) {
        cells = Arrays.copyOf(cells, count * 2);
      }
      cells[count++] =
          length == 0 && !quoted
              ? null
              : JsonNodeFactory.instance.stringNode(
                  Formulas.restored(new String(buffer, offset, length)));
    }

    @Override
    protected Row buildRecord() {
      return new Row("line " + line, Arrays.copyOf(cells, count), "");
    }
  }
}
