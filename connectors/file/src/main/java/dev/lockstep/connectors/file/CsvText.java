package dev.lockstep.connectors.file;

import dev.lockstep.connector.Row;
import dev.lockstep.connectors.file.FieldText.MisfitException;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spells records as CSV, so that null, empty text and the word for null stay apart. */
record CsvText(Style style, List<String> columns) implements RecordText {

  @Override
  public Charset charset() {
    return style.charset();
  }

  String header() {
    StringBuilder line = new StringBuilder();
    for (String column : columns) {
      line.append(line.isEmpty() ? "" : style.delimiter()).append(field(column));
    }
    return line.append('\n').toString();
  }

  @Override
  public String line(Row row) throws MisfitException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      Object value = row.get(columns.get(i));
      if (i > 0) {
        line.append(style.delimiter());
      }
      line.append(
          value == null || value == Row.ABSENT ? style.nulls() : field(FieldText.of(value)));
    }
    if (line.isEmpty()) {
      throw new MisfitException("a record of one empty field cannot be told from an empty line");
    }
    return line.append('\n').toString();
  }

  private String field(String text) {
    String quote = String.valueOf(style.quote());
    return needsQuotes(text) ? quote + text.replace(quote, quote + quote) + quote : text;
  }

  private boolean needsQuotes(@Nullable String text) {
    if (text == null || text.isEmpty() || text.equals(style.nulls())) {
      return true;
    }
    // A mark at the start of a file, and blanks that other programs trim, are safe inside quotes.
    if (text.charAt(0) <= ' '
        || text.charAt(0) == '\uFEFF'
        || text.charAt(text.length() - 1) <= ' ') {
      return true;
    }
    return text.chars()
        .anyMatch(c -> c == style.delimiter() || c == style.quote() || c == '\n' || c == '\r');
  }
}
