package dev.lockstep.connectors.file;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the datasets of a folder and their files. */
final class Catalog {
  private final Folder folder;

  Catalog(Folder folder) {
    this.folder = folder;
  }

  Collection<FileDataset> datasets() {
    if (!folder.datasets().isEmpty()) {
      return folder.datasets().values();
    }
    return list(name -> Format.of(name).isPresent(), 1).stream()
        .map(file -> ReadSettings.byItself(file.name()))
        .toList();
  }

  Optional<FileDataset> find(DatasetId id) {
    if (!folder.datasets().isEmpty()) {
      return Optional.ofNullable(folder.datasets().get(id.name()));
    }
    boolean there =
        Format.of(id.name()).isPresent()
            && isPlainName(id.name())
            && Files.isRegularFile(folder.path().resolve(id.name()));
    return there ? Optional.of(ReadSettings.byItself(id.name())) : Optional.empty();
  }

  static boolean isPlainName(String name) {
    return name.indexOf('/') < 0 && name.indexOf('\\') < 0 && !isLeftAlone(name);
  }

  FileDataset get(DatasetId id) {
    return find(id)
        .orElseThrow(() ->
            new ConnectorException(
                new Failure.Permanent(
                    "there is no dataset '"
                        + id
                        + "' in "
                        + folder.path()
                        + "; name it under datasets, or put the file there")));
  }

  /** The files of a dataset as they stand, by name. */
  List<SourceFile> files(FileDataset dataset) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + dataset.files());
    int depth =
        dataset.files().contains("**")
            ? Integer.MAX_VALUE
            : (int) dataset.files().chars().filter(c -> c == '/').count() + 1;
    List<SourceFile> files = list(name -> matcher.matches(Path.of(name)), depth);
    // Invariant 8: the position of a feed lists files, so their number is bounded.
    if (files.size() > folder.maxFiles()) {
      throw new ConnectorException(
          new Failure.Misconfigured(
              List.of(
                  new Problem(
                      "maxFiles",
                      dataset.id() + " has more than " + folder.maxFiles() + " files",
                      "move files that are done to another folder, or raise maxFiles"))));
    }
    return files;
  }

  private List<SourceFile> list(Predicate<String> wanted, int depth) {
    List<SourceFile> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder.path(),
          EnumSet.noneOf(FileVisitOption.class),
          depth,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(
                Path directory, BasicFileAttributes attributes) {
              boolean inside = !directory.equals(folder.path());
              return inside && isLeftAlone(directory.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                throws IOException {
              add(path, attributes);
              return files.size() > folder.maxFiles()
                  ? FileVisitResult.TERMINATE
                  : FileVisitResult.CONTINUE;
            }

            private void add(Path path, BasicFileAttributes attributes) throws IOException {
              String name = folder.path().relativize(path).toString().replace('\\', '/');
              if (isLeftAlone(path.getFileName().toString()) || !wanted.test(name)) {
                return;
              }
              if (attributes.isSymbolicLink() && Files.isRegularFile(path)) {
                files.add(SourceFile.of(path, name));
              } else if (attributes.isRegularFile()) {
                files.add(SourceFile.of(path, name, attributes));
              }
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
              // A file that goes away between listing and looking is simply not there.
              if (path.equals(folder.path()) || SourceFile.isThere(path)) {
                throw e;
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw Faults.unreachable(folder.path(), e);
    }
    files.sort(Comparator.comparing(SourceFile::name));
    return files;
  }

  /** Hidden files, and those whose names say that they are still being written. */
  static boolean isLeftAlone(String name) {
    return name.startsWith(".")
        || name.endsWith("~")
        || name.endsWith(".tmp")
        || name.endsWith(".part")
        || name.endsWith(".partial")
        || name.endsWith(".crdownload")
        || name.endsWith(".filepart");
  }
}
