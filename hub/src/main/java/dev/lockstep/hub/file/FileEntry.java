package dev.lockstep.hub.file;

import java.time.Instant;

/**
 * A file as it was received; none of it ever changes.
 *
 * @param code its external reference code, unique among files
 * @param name what its sender called it, without a path
 * @param bytes its length
 * @param digest the SHA-256 of its content, as lower case hexadecimal
 * @param place the file with its content, below the folder of all
 */
public record FileEntry(
    long id, String code, String name, long bytes, String digest, String place, Instant created) {

  FileEntry numbered(long number) {
    return new FileEntry(number, code, name, bytes, digest, place, created);
  }

  /** What comes after the last point of the name, in lower case; empty where there is none. */
  public String extension() {
    int point = name.lastIndexOf('.');
    return point < 0 ? "" : name.substring(point + 1).toLowerCase(java.util.Locale.ROOT);
  }
}
