package dev.lockstep.connectors.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * A file as it was when looked at.
 *
 * @param name relative to the folder, with slashes
 * @param identity stays the same while the file grows, and differs when another file takes its name
 */
record SourceFile(Path path, String name, long size, Instant modified, String identity) {

  static SourceFile of(Path path, String name) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return of(path, name, attributes);
  }

  static SourceFile of(Path path, String name, BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    String identity = key == null ? attributes.creationTime().toString() : key.toString();
    return new SourceFile(
        path, name, attributes.size(), attributes.lastModifiedTime().toInstant(), identity);
  }

  static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** How a person finds a line of it. */
  String place(long line) {
    return name + ", line " + line;
  }

  boolean isCompressed() {
    return Format.isCompressed(name);
  }
}
