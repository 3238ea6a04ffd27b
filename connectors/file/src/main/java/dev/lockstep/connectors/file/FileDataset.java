package dev.lockstep.connectors.file;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A dataset as the settings tell it.
 *
 * @param files the pattern of its files, relative to the folder
 * @param format empty where each file's name tells it
 * @param types the types of some fields, in the order written
 */
record FileDataset(
    DatasetId id,
    String files,
    Optional<Format> format,
    List<String> key,
    SequencedMap<String, Type> types,
    Style style) {
  FileDataset {
    key = List.copyOf(key);
    types = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(types));
  }

  /** A dataset written to is one file, not a pattern of several. */
  boolean isOneFile() {
    return files.chars().noneMatch(c -> "*?[{\\".indexOf(c) >= 0);
  }

  /** Whether a file can be read line by line while it grows; any other is read as a whole. */
  boolean isLines(SourceFile file) {
    return !file.isCompressed() && format(file.name()).orElse(Format.CSV) != Format.JSON;
  }

  Optional<Format> format(String name) {
    return format.or(() -> Format.of(name));
  }
}
