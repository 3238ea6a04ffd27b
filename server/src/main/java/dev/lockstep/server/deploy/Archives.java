package dev.lockstep.server.deploy;

import dev.lockstep.server.extension.Extension;
import dev.lockstep.server.extension.ExtensionProject;
import dev.lockstep.server.extension.HeadlessServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The archives that were handed in, by the digests of what they say. */
final class Archives {
  private static final String ZIP = ".zip";

  private final Path folder;

  private Archives(Path folder) {
    this.folder = folder;
  }

  static Archives open(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new Archives(folder);
  }

  /**
   * A digest of what a project says, whenever it was built. Reads all of it, so that a damaged
   * archive is found before anything is done.
   */
  static String digest(ExtensionProject project) throws IOException {
    MessageDigest digest = sha256();
    Extension extension = project.extension();
    OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    mark(out, extension.name());
    for (HeadlessServer each : extension.applications()) {
      mark(out, each.code() + "\n" + each.name() + "\n" + String.join("\n", each.scopes()));
    }
    for (String path : extension.files()) {
      mark(out, path);
      long length;
      try (InputStream in = project.open(path)) {
        length = in.transferTo(out);
      }
      mark(out, Long.toString(length));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void mark(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.write(0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** A file of nobody's yet, beside the archives. */
  Path draft() throws IOException {
    return Files.createTempFile(folder, "draft", ZIP);
  }

  /** Makes an archive durable, before the store knows of it. */
  void keep(Path archive, String digest) throws IOException {
    Path place = place(digest);
    if (Files.exists(place)) {
      return;
    }
    Path draft = draft();
    Files.copy(archive, draft, StandardCopyOption.REPLACE_EXISTING);
    force(draft, StandardOpenOption.WRITE);
    Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
    force(folder, StandardOpenOption.READ);
  }

  private static void force(Path place, StandardOpenOption way) throws IOException {
    try (FileChannel channel = FileChannel.open(place, way)) {
      channel.force(true);
    }
  }

  Path place(String digest) {
    return folder.resolve(digest + ZIP);
  }

  /** Removes what no deployment needs, and what was left halfway. */
  void sweep(Set<String> needed) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.toList();
    }
    for (Path file : all) {
      String name = file.getFileName().toString();
      if (!name.endsWith(ZIP) || !needed.contains(name.replace(ZIP, ""))) {
        Files.deleteIfExists(file);
      }
    }
  }
}
