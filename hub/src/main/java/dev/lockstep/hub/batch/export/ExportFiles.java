package dev.lockstep.hub.batch.export;

import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of exported files, and of what they need while they are made. */
record ExportFiles(Path folder) {

  /**
   * Makes the folder if need be, and removes what no task knows, such as what a killed process
   * left.
   */
  static ExportFiles open(Path folder, Set<String> known) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (!known.contains(String.valueOf(file.getFileName()))) {
            Files.deleteIfExists(file);
          }
        }
      }
      return new ExportFiles(folder);
    } catch (IOException e) {
      throw new StoreException("the folder " + folder + " cannot be used: " + e, e);
    }
  }

  /** Opens a file of which the first bytes are kept. */
  ExportFile write(String place, long kept) throws IOException {
    boolean isNew = !Files.exists(folder.resolve(place));
    FileChannel channel =
        FileChannel.open(
            folder.resolve(place), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.truncate(kept);
      channel.position(kept);
      if (isNew) {
        syncFolder();
      }
      return new ExportFile(channel);
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  /** How long a file is; 0 for none. */
  long length(String place) throws IOException {
    Path file = folder.resolve(place);
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private void syncFolder() throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  InputStream read(String place) {
    try {
      return Files.newInputStream(folder.resolve(place));
    } catch (IOException e) {
      throw new StoreException("the exported file " + place + " cannot be read: " + e, e);
    }
  }

  void remove(String place) {
    try {
      Files.deleteIfExists(folder.resolve(place));
    } catch (IOException e) {
      // Nobody refers to it; the next start tries again.
      System.getLogger(ExportFiles.class.getName())
          .log(System.Logger.Level.WARNING, "the exported file " + place + " is left", e);
    }
  }
}
