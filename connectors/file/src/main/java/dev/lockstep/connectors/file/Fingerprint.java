package dev.lockstep.connectors.file;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.zip.CRC32;

/** By what a file's content is known again. */
final class Fingerprint {
  private static final int HEAD = 1024;

  private Fingerprint() {}

  /** Of a file that is read as a whole. */
  static String whole(SourceFile file) {
    return file.size() + "@" + file.modified().toEpochMilli();
  }

  /** Of the beginning of a file that only grows, as far as it was read. */
  static String head(SourceFile file, long read) throws IOException {
    try (FileInputStream in = new FileInputStream(file.path().toFile())) {
      CRC32 sum = new CRC32();
      sum.update(in.readNBytes((int) Math.min(HEAD, read)));
      return Long.toHexString(sum.getValue());
    }
  }
}
