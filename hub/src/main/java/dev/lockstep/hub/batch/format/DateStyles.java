package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/** Which styles of a workbook show a number as a date or a time. */
final class DateStyles {
  private final BitSet dates = new BitSet();

  private DateStyles() {}

  static DateStyles of(Workbook workbook) throws IOException {
    DateStyles styles = new DateStyles();
    try (Xml xml = workbook.optional("xl/styles.xml")) {
      if (xml != null) {
        styles.read(xml);
      }
    }
    return styles;
  }

  private void read(Xml xml) throws IOException {
    Set<Integer> formats = new HashSet<>();
    boolean cells = false;
    int style = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT && xml.name().equals("cellXfs")) {
        cells = false;
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.name()) {
          case "numFmt" -> {
            if (isDate(xml.attribute("formatCode"))) {
              formats.add(number(xml.attribute("numFmtId")));
            }
          }
          case "cellXfs" -> cells = true;
          case "xf" -> {
            if (cells) {
              int format = number(xml.attribute("numFmtId"));
              dates.set(style++, isBuiltIn(format) || formats.contains(format));
            }
          }
          default -> {}
        }
      }
    }
  }

  /** Formats that every program has by their number. */
  private static boolean isBuiltIn(int format) {
    return (format >= 14 && format <= 22)
        || (format >= 27 && format <= 36)
        || (format >= 45 && format <= 47)
        || (format >= 50 && format <= 58);
  }

  /** Whether a format has letters of dates outside of what stands in quotes and brackets. */
  private static boolean isDate(@Nullable String code) {
    if (code == null) {
      return false;
    }
    String letters =
        code.replaceAll("\"[^\"]*\"|\\\\.|_.|\\*.", "").replaceAll("\\[(?![hmsHMS]+])[^]]*]", "");
    String first = letters.split(";", -1)[0];
    return !first.contains("General") && first.chars().anyMatch(c -> "dmyhsDMYHS".indexOf(c) >= 0);
  }

  static int number(@Nullable String text) {
    try {
      return text == null ? -1 : Integer.parseInt(text);
    } catch (NumberFormatException none) {
      return -1;
    }
  }

  boolean isDate(int style) {
    return style >= 0 && dates.get(style);
  }
}
