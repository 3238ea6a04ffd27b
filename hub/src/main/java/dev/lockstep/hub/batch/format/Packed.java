package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The one content within a zip archive. It is never unpacked to a file of the name it has there,
 * and no further than is in proportion.
 *
 * @param name the name of the content within
 */
public record Packed(Path archive, String name, ContentType type) {
  private static final int MOST_ENTRIES = 1000;
  private static final int MOST_NAMED = 10;
  private static final long MOST_BYTES = 1L << 40;

  /**
   * Finds the content.
   *
   * @throws ContentDamaged when the archive cannot be read, or it is not clear which content is
   *     meant
   */
  public static Packed of(Path archive) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      if (zip.size() > MOST_ENTRIES) {
        throw new ContentDamaged("the archive has more than " + MOST_ENTRIES + " files; send one");
      }
      List<String> names = new ArrayList<>();
      zip.stream()
          .filter(entry -> !entry.isDirectory() && !isOfAnotherProgram(entry.getName()))
          .forEach(entry -> names.add(entry.getName()));
      for (String name : names) {
        refuseOutside(name);
      }
      List<Packed> found = new ArrayList<>();
      for (String name : names) {
        ContentType.ofFile(name).ifPresent(it -> found.add(new Packed(archive, name, it)));
      }
      if (found.size() == 1) {
        return found.getFirst();
      }
      throw new ContentDamaged(
          found.isEmpty()
              ? "the archive has no file that ends in .json, .jsonl, .csv, .xlsx or"
                  + " .batch-engine-data.json, only "
                  + named(names)
              : "the archive has several contents: "
                  + named(found.stream().map(Packed::name).toList())
                  + "; send each by itself");
    } catch (ZipException broken) {
      throw new ContentDamaged(
          "the archive cannot be read, or is only a part of one (" + broken.getMessage() + ")");
    }
  }

  private static boolean isOfAnotherProgram(String name) {
    return name.startsWith("__MACOSX/") || name.endsWith(".DS_Store");
  }

  private static void refuseOutside(String name) throws ContentDamaged {
    boolean outside =
        name.startsWith("/")
            || name.contains("\\")
            || name.indexOf('\0') >= 0
            || List.of(name.split("/")).contains("..");
    if (outside) {
      throw new ContentDamaged(
          "the archive has a file '" + name + "', which leads outside of it; pack it anew");
    }
  }

  private static String named(List<String> names) {
    String first =
        names.stream()
            .limit(MOST_NAMED)
            .map(it -> "'" + it + "'")
            .collect(Collectors.joining(", "));
    if (names.isEmpty()) {
      return "nothing";
    }
    return names.size() > MOST_NAMED
        ? first + " and " + (names.size() - MOST_NAMED) + " more"
        : first;
  }

  /** The content, from its beginning. */
  public InputStream open() throws IOException {
    ZipFile zip = new ZipFile(archive.toFile());
    try {
      ZipEntry entry =
          Optional.ofNullable(zip.getEntry(name))
              .orElseThrow(() -> new ContentDamaged("the archive has lost '" + name + "'"));
      // What the archive says of its own is not believed beyond its size.
      long packed = Math.min(entry.getCompressedSize(), Files.size(archive));
      InputStream in = new Bounded(zip.getInputStream(entry), name, packed, MOST_BYTES);
      return new Closing(in, zip);
    } catch (IOException | RuntimeException failed) {
      zip.close();
      throw failed;
    }
  }

  /** How many bytes the content has unpacked, as the archive says; 0 where it does not. */
  public long size() throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      return entry == null ? 0 : Math.max(0, entry.getSize());
    }
  }

  /** A stream with which its archive is closed. */
  private static final class Closing extends java.io.FilterInputStream {
    private final ZipFile zip;

    Closing(InputStream in, ZipFile zip) {
      super(in);
      this.zip = zip;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (ZipException broken) {
        throw new ContentDamaged(
            "the archive is damaged, or only a part of one (" + broken.getMessage() + ")");
      }
    }

    @Override
    public void close() throws IOException {
      try (zip) {
        super.close();
      }
    }
  }
}
