package dev.lockstep.hub.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where contents lie: in 256 folders by the beginning of their names, so that none grows long. */
final class Folders {
  private static final String INCOMING = "incoming";

  private final Path root;

  /** Makes what is missing. */
  Folders(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root.resolve(INCOMING));
  }

  Path incoming() {
    return root.resolve(INCOMING);
  }

  Path incoming(String name) {
    return root.resolve(INCOMING).resolve(name);
  }

  Path place(String name) {
    return folder(name).resolve(name);
  }

  private Path folder(String name) {
    return root.resolve(name.substring(0, 2));
  }

  /** Gives a content that is durable its name, durably. */
  void settle(Path content, String name) throws IOException {
    Path folder = folder(name);
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      sync(root);
    }
    Files.move(content, folder.resolve(name));
    sync(folder);
  }

  /** The names that a store has. */
  interface Known {
    List<String> beginning(String beginning) throws InterruptedException;
  }

  /**
   * Removes what nobody refers to: what was being received, and contents of which the store knows
   * nothing, when a process ended in between.
   */
  void sweep(Known known) throws IOException, InterruptedException {
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        String name = String.valueOf(folder.getFileName());
        Set<String> kept = name.equals(INCOMING) ? Set.of() : new HashSet<>(known.beginning(name));
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            if (!kept.contains(String.valueOf(file.getFileName()))) {
              Files.deleteIfExists(file);
            }
          }
        }
      }
    }
  }

  /** Makes the names within a folder durable. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
