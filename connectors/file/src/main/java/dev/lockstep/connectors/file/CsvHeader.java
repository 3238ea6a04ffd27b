package dev.lockstep.connectors.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.connectors.file.Scanner.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a CSV file.
 *
 * @param columns their names; empty when the file has no header yet, or none that can be used
 * @param after where the records start
 * @param fault why no record of the file can be read
 */
record CsvHeader(List<String> columns, Place after, Optional<Unreadable> fault) {

  static CsvHeader read(Reading reading) throws IOException {
    if (!reading.settings().style().header()) {
      return new CsvHeader(
          List.copyOf(reading.settings().types().keySet()), Place.START, Optional.empty());
    }
    try (Scanner scanner = ScannedPortions.scanner(reading, Place.START)) {
      Found found = scanner.next();
      while (found == Found.RECORD && scanner.to() == scanner.from()) {
        scanner.pass();
        found = scanner.next();
      }
      return switch (found) {
        case END -> none(Optional.empty());
        case UNFINISHED -> reading.growing() ? none(Optional.empty()) : parse(reading, scanner);
        case RECORD -> parse(reading, scanner);
        case TOO_LONG, OPEN_QUOTE, BROKEN ->
            reading.growing() && found == Found.OPEN_QUOTE
                ? none(Optional.empty())
                : bad(reading, scanner, "the header does not end");
      };
    }
  }

  private static CsvHeader none(Optional<Unreadable> fault) {
    return new CsvHeader(List.of(), Place.START, fault);
  }

  private static CsvHeader parse(Reading reading, Scanner scanner) {
    int from = scanner.from();
    from += ScannedPortions.byteOrderMark(scanner.bytes(), from, scanner.to());
    Optional<String> text =
        CsvRecords.decode(
            scanner.bytes(), from, scanner.to(), reading.settings().style().charset());
    if (text.isEmpty()) {
      return bad(reading, scanner, "the header is not " + reading.settings().style().charset());
    }
    List<String> names = new ArrayList<>();
    try {
      for (String name : new CsvRecords(reading.settings().style()).one(text.get())) {
        names.add(name == null ? "" : name);
      }
    } catch (CsvParseException e) {
      return bad(reading, scanner, "the header is not CSV: " + e.getMessage());
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank() || !seen.add(name)) {
        return bad(
            reading,
            scanner,
            name.isBlank() ? "a column has no name" : "column '" + name + "' stands twice");
      }
    }
    scanner.pass();
    return new CsvHeader(names, scanner.at(), Optional.empty());
  }

  private static CsvHeader bad(Reading reading, Scanner scanner, String fault) {
    return none(
        Optional.of(
            reading.unreadable(
                scanner.at().line(),
                fault + "; none of the file's records can be read",
                "correct the header",
                scanner.bytes(),
                scanner.from(),
                scanner.to())));
  }

  Portions portions(Reading reading, Place from) throws IOException {
    if (columns.isEmpty()) {
      // Nothing appended to a file whose header is at fault can be read either.
      Place rest = fault.isPresent() ? new Place(Place.DONE, 1) : Place.START;
      return new NoPortions(rest, fault);
    }
    boolean first = from.offset() < after.offset() || from.offset() == 0;
    Place start = from.offset() < after.offset() ? after : from;
    List<Unreadable> unknown = first ? unknown(reading) : List.of();
    return ScannedPortions.of(reading, start, new CsvRows(reading, columns), unknown);
  }

  /**
   * Says once for each file which of its columns are left out, rather than leave them out in
   * silence.
   */
  private List<Unreadable> unknown(Reading reading) {
    Schema schema = reading.shape().schema();
    List<String> unknown = columns.stream().filter(name -> !schema.has(name)).toList();
    return unknown.isEmpty()
        ? List.of()
        : List.of(
            reading.unreadable(
                1,
                "columns " + unknown + " are not in the dataset's first file; they are left out",
                "name them under fields, or give such files a dataset of their own"));
  }
}
