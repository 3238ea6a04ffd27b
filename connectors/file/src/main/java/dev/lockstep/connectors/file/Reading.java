package dev.lockstep.connectors.file;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * How one file is read.
 *
 * @param settings the dataset as written in the settings
 * @param shape the dataset as described, whose schema the rows follow
 * @param growing whether an unfinished record at the end is left for later, rather than read as it
 *     is
 */
record Reading(
    SourceFile file, FileDataset settings, Dataset shape, int maxRecord, boolean growing) {
  static final int RAW = 64 * 1024;

  Format format() {
    return settings.format(file.name()).orElse(Format.CSV);
  }

  /** The file's bytes from an offset: at once in a plain file, by skipping in a compressed one. */
  InputStream open(long offset) throws IOException {
    // A stream, not a channel: an interrupt must not close it in the middle of a record.
    FileInputStream plain = new FileInputStream(file.path().toFile());
    try {
      if (file.isCompressed()) {
        InputStream unpacked =
            new GZIPInputStream(new BufferedInputStream(plain, 1 << 16), 1 << 16);
        unpacked.skipNBytes(offset);
        return unpacked;
      }
      plain.skipNBytes(offset);
      return plain;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  Portions from(Place after) throws IOException {
    if (after.isDone()) {
      return new NoPortions(after, Optional.empty());
    }
    try {
      return format() == Format.CSV
          ? CsvHeader.read(this).portions(this, after)
          : ScannedPortions.of(this, after, new JsonLines(this), List.of());
    } catch (ZipException | EOFException e) {
      if (!file.isCompressed()) {
        throw e;
      }
      return new NoPortions(new Place(Place.DONE, 1), Optional.of(damaged(1, e)));
    }
  }

  Unreadable unreadable(long line, String fault, String remedy, byte[] bytes, int from, int to) {
    String raw = new String(bytes, from, Math.min(to - from, RAW), StandardCharsets.ISO_8859_1);
    String text = new String(bytes, from, Math.min(to - from, RAW), settings.style().charset());
    // Bytes that are not the charset are shown one by one rather than as marks of loss.
    return new Unreadable(file.place(line), fault, remedy, text.indexOf('\uFFFD') < 0 ? text : raw);
  }

  Unreadable unreadable(long line, String fault, String remedy) {
    return new Unreadable(file.place(line), fault, remedy, "");
  }

  /** What is left of a compressed file that cannot be unpacked further. */
  Unreadable damaged(long line, IOException cause) {
    return unreadable(
        line,
        "the compressed file is damaged from here on: " + cause.getMessage(),
        "put a sound copy in its place");
  }

  /** The name of the first key field that has no value. */
  @Nullable String emptyKey(Row row) {
    for (String field : shape.key()) {
      Object value = row.get(field);
      if (value == null || value == Row.ABSENT) {
        return field;
      }
    }
    return null;
  }
}
