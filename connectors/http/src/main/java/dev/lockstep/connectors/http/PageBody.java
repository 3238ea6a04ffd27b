package dev.lockstep.connectors.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the body of a list answer: hands out the records of one array one by one, and keeps
 * the few other fields that were asked for, wherever they stand.
 */
final class PageBody {
  private static final int FIELD_LIMIT = 64 * 1024;

  private final JsonScanner scanner;
  private final FieldPath items;
  private final List<FieldPath> wanted;
  private final int maxRecord;
  private final int maxField;
  private final Map<FieldPath, JsonScanner.Value> fields = new HashMap<>();
  private final List<String> at = new ArrayList<>();
  private State state = State.START;
  private boolean itemsSeen;
  private boolean commaNeeded;

  private enum State {
    START,
    IN_OBJECT,
    IN_ITEMS,
    END
  }

  PageBody(InputStream in, FieldPath items, List<FieldPath> wanted, int maxRecord) {
    this(in, items, wanted, maxRecord, FIELD_LIMIT);
  }

  private PageBody(
      InputStream in, FieldPath items, List<FieldPath> wanted, int maxRecord, int maxField) {
    this.maxField = maxField;
    this.scanner = new JsonScanner(in);
    this.items = items;
    this.wanted = List.copyOf(wanted);
    this.maxRecord = maxRecord;
  }

  /** A body of which one field is wanted, of whatever form. */
  static PageBody ofField(InputStream in, FieldPath field, int max) {
    return new PageBody(in, field, List.of(field), max, max);
  }

  /** A wanted field's bytes; null when it was absent. Known at the end. */
  JsonScanner.@Nullable Value value(FieldPath path) {
    return fields.get(path);
  }

  /** The next record, cut at the largest size allowed; null at the end of the whole body. */
  JsonScanner.@Nullable Value next() throws IOException {
    while (true) {
      switch (state) {
        case START -> start();
        case IN_OBJECT -> step();
        case IN_ITEMS -> {
          if (hasItem()) {
            return scanner.value(maxRecord);
          }
        }
        case END -> {
          return null;
        }
      }
    }
  }

  /** Whether the array of records was there; known at the end. */
  boolean itemsSeen() {
    return itemsSeen;
  }

  /** A wanted field's text, without quotes; empty when it was absent or null. Known at the end. */
  Optional<String> field(FieldPath path) {
    JsonScanner.Value value = fields.get(path);
    if (value == null || value.cut() || value.text().equals("null")) {
      return Optional.empty();
    }
    return Optional.of(SmallJson.text(value.bytes()));
  }

  private void start() throws IOException {
    scanner.skipByteOrderMark();
    int first = scanner.peek();
    if (first == -1) {
      throw new JsonScanner.NotJsonException("the body is empty");
    }
    if (first == '[' && items.isRoot()) {
      enterItems();
    } else if (first == '{') {
      scanner.take();
      commaNeeded = false;
      state = State.IN_OBJECT;
    } else if (first == '[' || first == '"' || Character.isLetterOrDigit(first) || first == '-') {
      scanner.skipValue();
      finish();
    } else {
      throw new JsonScanner.NotJsonException("it starts with '" + (char) first + "'");
    }
  }

  private void enterItems() {
    scanner.take();
    itemsSeen = true;
    commaNeeded = false;
    state = State.IN_ITEMS;
  }

  private boolean hasItem() throws IOException {
    int next = peekInside();
    if (next == ']') {
      scanner.take();
      if (items.isRoot()) {
        finish();
      } else {
        commaNeeded = true;
        state = State.IN_OBJECT;
        at.removeLast();
      }
      return false;
    }
    takeComma(next);
    commaNeeded = true;
    return true;
  }

  private void step() throws IOException {
    int next = peekInside();
    if (next == '}') {
      scanner.take();
      commaNeeded = true;
      if (at.isEmpty()) {
        finish();
      } else {
        at.removeLast();
      }
      return;
    }
    takeComma(next);
    at.add(name());
    member();
  }

  private void member() throws IOException {
    int next = scanner.peek();
    if (next == '[' && items.names().equals(at)) {
      if (itemsSeen) {
        throw new JsonScanner.NotJsonException("'" + items + "' stands there twice");
      }
      enterItems();
      return;
    }
    boolean onTheWay = isOnTheWay();
    if (next == '{' && onTheWay) {
      scanner.take();
      commaNeeded = false;
      return;
    }
    Optional<FieldPath> field = wanted.stream().filter(path -> path.names().equals(at)).findFirst();
    if (field.isPresent()) {
      fields.put(field.get(), scanner.value(maxField));
    } else {
      itemsSeen |= items.names().equals(at) && next == 'n';
      scanner.skipValue();
    }
    at.removeLast();
    commaNeeded = true;
  }

  private boolean isOnTheWay() {
    return (items.names().size() > at.size() && items.isWithin(at))
        || wanted.stream().anyMatch(path -> path.names().size() > at.size() && path.isWithin(at));
  }

  private String name() throws IOException {
    if (scanner.peek() != '"') {
      throw new JsonScanner.NotJsonException("a field's name was expected");
    }
    String name = SmallJson.text(scanner.value(FIELD_LIMIT).bytes());
    if (scanner.peek() != ':') {
      throw new JsonScanner.NotJsonException("a colon was expected after '" + name + "'");
    }
    scanner.take();
    return name;
  }

  private int peekInside() throws IOException {
    int next = scanner.peek();
    if (next == -1) {
      throw new EOFException("the answer ends in the middle");
    }
    return next;
  }

  private void takeComma(int next) throws IOException {
    if (!commaNeeded) {
      return;
    }
    if (next != ',') {
      throw new JsonScanner.NotJsonException(
          "a comma was expected, but there is '" + (char) next + "'");
    }
    scanner.take();
  }

  private void finish() throws IOException {
    if (scanner.peek() != -1) {
      throw new JsonScanner.NotJsonException("something follows after its end");
    }
    state = State.END;
  }
}
