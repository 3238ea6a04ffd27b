package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** One JSON object on each line; a damaged line keeps no other from being read. */
final class JsonLinesReader implements ItemReader {
  private static final int BUFFER = 64 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private byte[] line = new byte[BUFFER];
  private int length;
  private boolean tooLong;
  private long index;
  private long lines;

  JsonLinesReader(InputStream in) throws IOException {
    this.in = ByteOrder.utf8(in);
  }

  @Override
  public @Nullable Item next() throws IOException {
    while (readLine()) {
      if (tooLong) {
        index++;
        return new Item.Damaged(
            index,
            "",
            "line "
                + lines
                + ": it is longer than "
                + Formats.MOST_ITEM
                + " bytes; send smaller items");
      }
      if (!isBlank()) {
        index++;
        return item();
      }
    }
    return null;
  }

  private Item item() {
    try (JsonParser parser = JsonItems.parser(line, length)) {
      parser.nextToken();
      Item item = new JsonItems(parser).item(index);
      if (item instanceof Item.Read && parser.nextToken() != null) {
        return damaged("something stands after the object; begin a new line for it");
      }
      return item instanceof Item.Damaged(long _, String _, String fault)
          ? damaged(fault.replaceFirst("^line 1, ", ""))
          : item;
    } catch (JacksonException malformed) {
      String place = JsonItems.at(malformed.getLocation()).replaceFirst("^line \\d+, ", "");
      return damaged(place + ": it cannot be read: " + malformed.getOriginalMessage());
    }
  }

  private Item damaged(String fault) {
    return new Item.Damaged(index, Formats.cut(text()), "line " + lines + ", " + fault);
  }

  private String text() {
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  private boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (line[i] > ' ' || line[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Takes the next line into {@link #line}; false at the end. */
  private boolean readLine() throws IOException {
    length = 0;
    tooLong = false;
    boolean any = false;
    lines++;
    while (from < to || fill()) {
      any = true;
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      add(end - from);
      boolean ends = end < to;
      from = ends ? end + 1 : end;
      if (ends) {
        return true;
      }
    }
    return any;
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer, 0, BUFFER));
    return to > 0;
  }

  private void add(int count) {
    if (length + count > Formats.MOST_ITEM) {
      tooLong = true;
      length = 0;
    }
    if (tooLong) {
      return;
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(length + count, line.length * 2));
    }
    System.arraycopy(buffer, from, line, length, count);
    length += count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
