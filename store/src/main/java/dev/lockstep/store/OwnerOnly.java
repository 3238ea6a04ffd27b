package dev.lockstep.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Creates what only its owner may read, because a store holds records whole. What is there already
 * keeps the permissions that somebody gave it; where the file system knows none, nothing is set.
 */
final class OwnerOnly {
  private OwnerOnly() {}

  /** Creates a folder, and its parents as anybody would. */
  static Path folder(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Files.createDirectories(folder, permissions(folder, "rwx------"));
  }

  /** Creates an empty file when there is none. SQLite gives the files beside it the same rights. */
  static void file(Path file) throws IOException {
    try {
      Files.createFile(file, permissions(file, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      return; // Its permissions are its owner's choice.
    }
  }

  /** Opens a file, created when the options say so and there is none. */
  static FileChannel open(Path file, Set<OpenOption> options) throws IOException {
    return FileChannel.open(file, options, permissions(file, "rw-------"));
  }

  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
