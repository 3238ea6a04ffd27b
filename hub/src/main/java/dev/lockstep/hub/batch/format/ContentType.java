package dev.lockstep.hub.batch.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats of contents, by Liferay's names. */
public enum ContentType {
  CSV("csv"),
  JSON("json"),
  JSONL("jsonl"),
  JSONT("batch-engine-data.json"),
  XLS("xls"),
  XLSX("xlsx");

  private final String extension;

  ContentType(String extension) {
    this.extension = extension;
  }

  /** What the names of files of this format end in, without the point. */
  public String extension() {
    return extension;
  }

  /** The format of that name, in whatever case. */
  public static Optional<ContentType> named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(it -> it.name().equals(upper)).findFirst();
  }

  /** The format that a file's name ends in. */
  public static Optional<ContentType> ofFile(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    if (lower.endsWith("." + JSONT.extension)) {
      return Optional.of(JSONT);
    }
    return Arrays.stream(values()).filter(it -> lower.endsWith("." + it.extension)).findFirst();
  }

  /** The format of a declared type such as {@code text/csv; charset=UTF-8}. */
  public static Optional<ContentType> ofMedia(String type, String subtype) {
    return switch ((type + "/" + subtype).toLowerCase(Locale.ROOT)) {
      case "application/json" -> Optional.of(JSON);
      case "application/x-ndjson", "application/jsonl", "application/x-jsonlines" ->
          Optional.of(JSONL);
      case "text/csv" -> Optional.of(CSV);
      case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" -> Optional.of(XLSX);
      case "application/vnd.ms-excel" -> Optional.of(XLS);
      default -> Optional.empty();
    };
  }
}
