package dev.lockstep.connectors.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.connectors.file.CsvRecords.Cut;
import dev.lockstep.connectors.file.FieldText.MisfitException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of CSV records. A portion is decoded and cut in one go, which is fast; if anything
 * about that looks wrong, it is done again record by record, which finds the record that is.
 */
final class CsvRows implements RecordDecoder {
  private static final char LOST = '\uFFFD';

  private final Reading reading;
  private final CsvRecords records;
  private final Schema schema;
  private final int[] fieldOf;
  private final Type[] types;
  private final boolean whole;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Slice> slices = new ArrayList<>();
  private long chunkLine = 1;

  /**
   * A record within {@link #bytes}: where it stands there, its line there, and its line in the
   * file.
   */
  private record Slice(int from, int to, long chunkLine, long line) {}

  CsvRows(Reading reading, List<String> columns) {
    this.reading = reading;
    this.records = new CsvRecords(reading.settings().style());
    this.schema = reading.shape().schema();
    this.fieldOf = columns.stream().mapToInt(schema::indexOf).toArray();
    this.whole = columns.containsAll(schema.names());
    this.types = schema.fields().stream().map(field -> field.type()).toArray(Type[]::new);
  }

  @Override
  public void add(byte[] record, int from, int to, long line, int lines) {
    int at = bytes.size();
    bytes.write(record, from, to - from);
    bytes.write('\n');
    slices.add(new Slice(at, bytes.size() - 1, chunkLine, line));
    chunkLine += Math.max(1, lines);
  }

  @Override
  public void flush(PlacedRows rows, List<Unreadable> unreadable) {
    byte[] all = bytes.toByteArray();
    if (!together(all, rows, unreadable)) {
      for (Slice slice : slices) {
        alone(all, slice, rows, unreadable);
      }
    }
    bytes.reset();
    slices.clear();
    chunkLine = 1;
  }

  private boolean together(byte[] all, PlacedRows rows, List<Unreadable> unreadable) {
    String text = new String(all, reading.settings().style().charset());
    if (text.indexOf(LOST) >= 0) {
      return false;
    }
    List<Cut> cuts = new ArrayList<>(slices.size());
    try (CsvReader<Cut> reader = records.all(text)) {
      for (Cut cut : reader) {
        int at = cuts.size();
        if (at == slices.size() || cut.line() != slices.get(at).chunkLine()) {
          return false;
        }
        cuts.add(cut);
      }
    } catch (CsvParseException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (cuts.size() != slices.size()) {
      return false;
    }
    for (int i = 0; i < cuts.size(); i++) {
      row(all, slices.get(i), cuts.get(i).values(), rows, unreadable);
    }
    return true;
  }

  private void alone(byte[] all, Slice slice, PlacedRows rows, List<Unreadable> unreadable) {
    Optional<String> text =
        CsvRecords.decode(all, slice.from(), slice.to(), reading.settings().style().charset());
    if (text.isEmpty()) {
      String charset = reading.settings().style().charset().name();
      unreadable.add(
          told(
              all,
              slice,
              "bytes that are not " + charset,
              "set the charset the file was written in"));
      return;
    }
    try {
      row(all, slice, records.one(text.get()), rows, unreadable);
    } catch (CsvParseException e) {
      unreadable.add(
          told(
              all,
              slice,
              "it is not CSV: " + reason(e),
              "quote fields that hold quotes, and double those"));
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause();
    return cause == null || cause.getMessage() == null
        ? String.valueOf(e.getMessage())
        // Counted from the record's own start; the place tells the file's line.
        : cause.getMessage().replaceAll(" \\(record starting at line \\d+\\)$", "");
  }

  private void row(
      byte[] all,
      Slice slice,
      @Nullable String[] fields,
      PlacedRows rows,
      List<Unreadable> unreadable) {
    if (fields.length != fieldOf.length) {
      unreadable.add(
          told(
              all,
              slice,
              fields.length + " fields, but the header has " + fieldOf.length,
              "quote fields that hold the delimiter, or add what is missing"));
      return;
    }
    try {
      Row row = new Row(schema, values(fields));
      String empty = reading.emptyKey(row);
      if (empty == null) {
        rows.add(row, slice.line());
      } else {
        unreadable.add(told(all, slice, "key field '" + empty + "' is empty", "give it a value"));
      }
    } catch (MisfitException e) {
      unreadable.add(
          told(
              all,
              slice,
              String.valueOf(e.getMessage()),
              "correct the value, or its type under fields"));
    }
  }

  private @Nullable Object[] values(@Nullable String[] fields) throws MisfitException {
    @Nullable Object[] values = new @Nullable Object[types.length];
    if (!whole) {
      Arrays.fill(values, Row.ABSENT);
    }
    for (int i = 0; i < fields.length; i++) {
      int at = fieldOf[i];
      String text = fields[i];
      if (at >= 0) {
        values[at] = text == null ? null : value(at, text);
      }
    }
    return values;
  }

  private Object value(int at, String text) throws MisfitException {
    try {
      return FieldText.parse(types[at], text);
    } catch (MisfitException e) {
      throw new MisfitException(schema.field(at).name() + ": " + e.getMessage());
    }
  }

  private Unreadable told(byte[] all, Slice slice, String fault, String remedy) {
    return reading.unreadable(slice.line(), fault, remedy, all, slice.from(), slice.to());
  }
}
