package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the cells of a workbook stand for. */
final class SheetValues implements AutoCloseable {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final long MOST_TEXTS = 8L << 30;
  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");
  private static final Pattern DIGITS = Pattern.compile("-?\\d{1,300}");
  private static final int DOUBLE_DIGITS = 15;
  private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
  private static final double MOST_DAYS = 2_958_466;

  private final DateStyles styles;
  private final boolean from1904;
  private final SpilledTexts texts;

  SheetValues(Workbook workbook, Path scratch) throws IOException {
    this.styles = DateStyles.of(workbook);
    this.from1904 = workbook.from1904();
    this.texts = new SpilledTexts(scratch);
    try (Xml xml = workbook.optional("xl/sharedStrings.xml")) {
      if (xml != null) {
        read(xml);
      }
    } catch (IOException | RuntimeException failed) {
      texts.close();
      throw failed;
    }
  }

  private void read(Xml xml) throws IOException {
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.name().equals("si")) {
        texts.add(richText(xml, "si"));
        if (texts.bytes() > MOST_TEXTS) {
          throw new ContentDamaged(
              "the workbook's texts take more than " + MOST_TEXTS + " bytes; send it as JSONL");
        }
      }
    }
  }

  /** The text of an element of runs, without what tells how it is pronounced. */
  static String richText(Xml xml, String element) throws IOException {
    StringBuilder text = new StringBuilder();
    boolean taken = false;
    int spoken = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        spoken += xml.name().equals("rPh") ? 1 : 0;
        taken = xml.name().equals("t") && spoken == 0;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        taken = false;
        spoken -= xml.name().equals("rPh") ? 1 : 0;
        if (xml.name().equals(element)) {
          break;
        }
      } else if (taken && Xml.isText(event)) {
        xml.text(text);
      }
    }
    return unescaped(text.toString());
  }

  /** Characters that XML cannot have are written by their number. */
  static String unescaped(String text) {
    if (!text.contains("_x")) {
      return text;
    }
    Matcher matcher = ESCAPED.matcher(text);
    return matcher.replaceAll(found ->
        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  /**
   * The value of a cell.
   *
   * @param type the cell's type as the file says it; null for a number
   * @param style its style; -1 for none
   * @return null for an empty cell
   * @throws Unfit when it cannot be known
   */
  @Nullable JsonNode value(@Nullable String type, int style, String raw) throws IOException, Unfit {
    return switch (type == null ? "n" : type) {
      case "s" -> {
        String text = texts.get(DateStyles.number(raw.strip()));
        if (text == null) {
          throw new Unfit("refers to a text that the workbook does not have");
        }
        yield NODES.stringNode(text);
      }
      case "str" -> NODES.stringNode(unescaped(raw));
      case "inlineStr" -> NODES.stringNode(raw);
      case "b" -> NODES.booleanNode(raw.strip().equals("1") || raw.strip().equals("true"));
      case "d" -> NODES.stringNode(raw.strip());
      case "e" -> throw new Unfit("holds the error " + raw.strip() + "; mend its formula");
      default -> raw.isBlank() ? null : number(raw.strip(), styles.isDate(style));
    };
  }

  /** Why a cell has no value. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String fault) {
      super(fault, null, false, false);
    }
  }

  private JsonNode number(String raw, boolean date) throws Unfit {
    try {
      if (raw.length() > 400) {
        throw new Unfit("holds a number of more than 400 characters");
      }
      return date ? NODES.stringNode(date(Double.parseDouble(raw))) : exact(raw);
    } catch (NumberFormatException none) {
      throw new Unfit("holds '" + raw + "', which is no number");
    }
  }

  /**
   * Programs write 1.1 as 1.1000000000000001, as they compute with doubles: such a number is the
   * shortest that is the same double. Whole numbers are taken to the last digit.
   */
  private static JsonNode exact(String raw) {
    if (DIGITS.matcher(raw).matches()) {
      return raw.length() <= 18
          ? NODES.numberNode(Long.parseLong(raw))
          : NODES.numberNode(new BigDecimal(raw));
    }
    BigDecimal number = new BigDecimal(raw);
    if (number.precision() <= DOUBLE_DIGITS) {
      return NODES.numberNode(number);
    }
    double shortest = Double.parseDouble(raw);
    return NODES.numberNode(
        Double.isFinite(shortest) ? new BigDecimal(Double.toString(shortest)) : number);
  }

  private String date(double days) throws Unfit {
    if (!(days >= 0 && days < MOST_DAYS)) {
      throw new Unfit("holds the number " + days + " as a date, which is none");
    }
    long millis = Math.round(days * DAY_MILLIS);
    long whole = millis / DAY_MILLIS;
    long rest = millis % DAY_MILLIS;
    if (whole == 0 && days < 1 && rest > 0) {
      return LocalDateTime.of(2000, 1, 1, 0, 0)
          .plus(rest, ChronoUnit.MILLIS)
          .toLocalTime()
          .toString();
    }
    LocalDate day = dayOne(whole).plusDays(whole);
    if (rest == 0) {
      return day.toString();
    }
    String moment = day.atStartOfDay().plus(rest, ChronoUnit.MILLIS).toString();
    return moment.length() == 16 ? moment + ":00" : moment;
  }

  /** The first programs took 1900 for a leap year, and all others have kept to it. */
  private LocalDate dayOne(long days) {
    if (from1904) {
      return LocalDate.of(1904, 1, 1);
    }
    return days < 60 ? LocalDate.of(1899, 12, 31) : LocalDate.of(1899, 12, 30);
  }

  @Override
  public void close() throws IOException {
    texts.close();
  }
}
