package dev.lockstep.connectors.file;

import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.connectors.file.FieldText.MisfitException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;

/** Makes rows of lines that are each a JSON object. */
final class JsonLines implements RecordDecoder {
  private final Reading reading;
  private final JsonRows objects;
  private final PlacedRows rows = new PlacedRows();
  private final List<Unreadable> unreadable = new ArrayList<>();

  JsonLines(Reading reading) {
    this.reading = reading;
    this.objects = new JsonRows(reading);
  }

  @Override
  public void add(byte[] bytes, int from, int to, long line, int lines) {
    try (JsonParser parser = JsonValues.parser(bytes, from, to - from)) {
      if (parser.nextToken() == null) {
        return;
      }
      Row row = objects.row(parser);
      if (parser.nextToken() != null) {
        throw new MisfitException("there is more than one JSON value on the line");
      }
      rows.add(row, line);
    } catch (JacksonException e) {
      unreadable.add(
          reading.unreadable(line, said(e), "write one JSON object on the line", bytes, from, to));
    } catch (MisfitException e) {
      unreadable.add(
          reading.unreadable(
              line, String.valueOf(e.getMessage()), "correct the value", bytes, from, to));
    }
  }

  static String said(JacksonException e) {
    if (e instanceof StreamConstraintsException) {
      return "it is nested deeper than "
          + JsonValues.DEEPEST
          + ", or has a number of more than "
          + JsonValues.DIGITS
          + " digits";
    }
    // The parser's advice is for programmers.
    return "it is not JSON: " + e.getOriginalMessage().replaceAll(": enable `.*` to allow$", "");
  }

  static boolean opensObject(JsonParser parser) {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  @Override
  public void flush(PlacedRows good, List<Unreadable> bad) {
    good.addAll(rows);
    bad.addAll(unreadable);
    rows.clear();
    unreadable.clear();
  }
}
