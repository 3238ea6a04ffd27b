package dev.lockstep.connectors.file;

import dev.lockstep.connector.Unreadable;
import dev.lockstep.connectors.file.Scanner.Found;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/** Reads records as a {@link Scanner} cuts them and a {@link RecordDecoder} understands them. */
final class ScannedPortions implements Portions {
  private static final int PORTION_BYTES = 4 << 20;
  private static final int NO_QUOTE = -1;

  private final Reading reading;
  private final Scanner scanner;
  private final RecordDecoder decoder;
  private final List<Unreadable> first;

  private ScannedPortions(
      Reading reading, Scanner scanner, RecordDecoder decoder, List<Unreadable> first) {
    this.reading = reading;
    this.scanner = scanner;
    this.decoder = decoder;
    this.first = new ArrayList<>(first);
  }

  /** {@code first} is told before the first record. */
  static ScannedPortions of(
      Reading reading, Place after, RecordDecoder decoder, List<Unreadable> first)
      throws IOException {
    return new ScannedPortions(reading, scanner(reading, after), decoder, first);
  }

  static Scanner scanner(Reading reading, Place after) throws IOException {
    Style style = reading.settings().style();
    int most = reading.maxRecord();
    return switch (reading.format()) {
      case CSV -> new RecordScanner(reading::open, after, style.quote(), style.delimiter(), most);
      case JSONL -> new RecordScanner(reading::open, after, NO_QUOTE, NO_QUOTE, most);
      case JSON -> new DocumentScanner(reading::open, after, most);
    };
  }

  @Override
  public Portion next(int most) throws IOException {
    List<Unreadable> unreadable = new ArrayList<>(first);
    first.clear();
    long from = scanner.at().offset();
    int records = 0;
    boolean end = false;
    while (!end && records < most && scanner.at().offset() - from < PORTION_BYTES) {
      records++;
      end = !take(unreadable);
    }
    PlacedRows rows = new PlacedRows();
    decoder.flush(rows, unreadable);
    return new Portion(rows, unreadable, scanner.at(), end);
  }

  /** Takes one record; false when there is none for now. */
  private boolean take(List<Unreadable> unreadable) throws IOException {
    Found found;
    try {
      found = scanner.next();
    } catch (ZipException | EOFException e) {
      unreadable.add(reading.damaged(scanner.at().line(), e));
      scanner.skipAll();
      return false;
    }
    return switch (found) {
      case RECORD -> decode();
      case UNFINISHED -> !reading.growing() && decode();
      case TOO_LONG -> tooLong(unreadable);
      case OPEN_QUOTE -> !reading.growing() && openQuote(unreadable);
      case BROKEN -> broken(unreadable);
      case END -> false;
    };
  }

  private boolean decode() {
    int from = scanner.from();
    if (scanner.at().offset() == 0) {
      from += byteOrderMark(scanner.bytes(), from, scanner.to());
    }
    if (scanner.to() > from) {
      decoder.add(scanner.bytes(), from, scanner.to(), scanner.at().line(), scanner.lines());
    }
    scanner.pass();
    return true;
  }

  /** The length of the mark that some programs put before UTF-8. */
  static int byteOrderMark(byte[] bytes, int from, int to) {
    boolean marked =
        to - from >= 3
            && bytes[from] == (byte) 0xEF
            && bytes[from + 1] == (byte) 0xBB
            && bytes[from + 2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  private boolean tooLong(List<Unreadable> unreadable) {
    unreadable.add(
        reading.unreadable(
            scanner.at().line(),
            "the record is longer than " + reading.maxRecord() + " bytes",
            "raise maxRecord, or shorten it",
            scanner.bytes(),
            scanner.from(),
            scanner.to()));
    scanner.pass();
    return true;
  }

  private boolean openQuote(List<Unreadable> unreadable) throws IOException {
    int end = scanner.from();
    while (end < scanner.to()
        && end - scanner.from() < Reading.RAW
        && scanner.bytes()[end] != '\n') {
      end++;
    }
    unreadable.add(
        reading.unreadable(
            scanner.at().line(),
            "a quote that is opened here is never closed",
            "close it, or double a quote that is part of the text",
            scanner.bytes(),
            scanner.from(),
            end));
    scanner.passLine();
    return true;
  }

  private boolean broken(List<Unreadable> unreadable) throws IOException {
    unreadable.add(
        reading.unreadable(
            scanner.at().line(),
            "the JSON document breaks off or goes wrong here; nothing after this can be read",
            "put a whole document in its place",
            scanner.bytes(),
            scanner.from(),
            scanner.to()));
    scanner.passLine();
    return false;
  }

  @Override
  public void close() throws IOException {
    scanner.close();
  }
}
