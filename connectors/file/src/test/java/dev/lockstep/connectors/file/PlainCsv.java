package dev.lockstep.connectors.file;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV read in the plainest way there is, to compare the connector's with. */
final class PlainCsv {
  private final List<List<@Nullable String>> records = new ArrayList<>();
  private List<@Nullable String> record = new ArrayList<>();
  private final StringBuilder field = new StringBuilder();
  private boolean quoted;
  private boolean wasQuoted;

  private PlainCsv() {}

  static List<List<@Nullable String>> parse(String text) {
    PlainCsv csv = new PlainCsv();
    for (int i = 0; i < text.length(); i++) {
      boolean pair = csv.quoted && text.startsWith("\"\"", i);
      csv.take(text.charAt(i), pair);
      i += pair ? 1 : 0;
    }
    return csv.records;
  }

  private void take(char c, boolean pair) {
    if (c == '"' && !pair) {
      quoted = !quoted;
      wasQuoted = true;
    } else if (!quoted && (c == ',' || c == '\n')) {
      record.add(field.isEmpty() && !wasQuoted ? null : field.toString());
      field.setLength(0);
      wasQuoted = false;
      if (c == '\n') {
        records.add(record);
        record = new ArrayList<>();
      }
    } else {
      field.append(c);
    }
  }
}
