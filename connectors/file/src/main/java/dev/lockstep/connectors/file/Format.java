package dev.lockstep.connectors.file;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How records stand in a file. */
enum Format {
  CSV("csv|tsv"),
  JSON("json"),
  JSONL("jsonl|ndjson");

  private static final String COMPRESSED = ".gz";

  private final String endings;

  Format(String endings) {
    this.endings = endings;
  }

  /** The format that a file's name tells, if it tells one. */
  static Optional<Format> of(String name) {
    String plain = plain(name).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> plain.matches(".*\\.(" + format.endings + ")"))
        .findFirst();
  }

  static boolean isCompressed(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(COMPRESSED);
  }

  /** Whether a comma is the wrong guess for this name. */
  static boolean isTabbed(String name) {
    return plain(name).toLowerCase(Locale.ROOT).endsWith(".tsv");
  }

  private static String plain(String name) {
    return isCompressed(name) ? name.substring(0, name.length() - COMPRESSED.length()) : name;
  }

  static List<String> words() {
    return Arrays.stream(values()).map(format -> format.name().toLowerCase(Locale.ROOT)).toList();
  }
}
