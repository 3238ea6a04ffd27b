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
    return list(name -> Format.of(name).isPresent(), 1, folder.maxFiles()).stream()
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
    return files(List.of(dataset)).getFirst();
  }

  /** The files of several datasets, in their order, found in one walk through the folder. */
  List<List<SourceFile>> files(List<FileDataset> datasets) {
    List<PathMatcher> matchers = datasets.stream().map(Catalog::matcher).toList();
    List<List<SourceFile>> files = new ArrayList<>();
    datasets.forEach(dataset -> files.add(new ArrayList<>()));
    int depth = datasets.stream().mapToInt(Catalog::depth).max().orElse(1);
    // Invariant 8: when there are more than this, one of the datasets has too many.
    int most = (int) Math.min(Integer.MAX_VALUE - 1, (long) folder.maxFiles() * datasets.size());
    for (SourceFile file : list(name -> anyMatches(matchers, Path.of(name)), depth, most)) {
      Path name = Path.of(file.name());
      for (int i = 0; i < matchers.size(); i++) {
        if (matchers.get(i).matches(name)) {
          files.get(i).add(file);
        }
      }
    }
    for (int i = 0; i < files.size(); i++) {
      requireNotTooMany(datasets.get(i), files.get(i));
    }
    return files;
  }

  private static boolean anyMatches(List<PathMatcher> matchers, Path name) {
    for (PathMatcher matcher : matchers) {
      if (matcher.matches(name)) {
        return true;
      }
    }
    return false;
  }

  private static PathMatcher matcher(FileDataset dataset) {
    return FileSystems.getDefault().getPathMatcher("glob:" + dataset.files());
  }

  private static int depth(FileDataset dataset) {
    return dataset.files().contains("**")
        ? Integer.MAX_VALUE
        : (int) dataset.files().chars().filter(c -> c == '/').count() + 1;
  }

  private void requireNotTooMany(FileDataset dataset, List<SourceFile> files) {
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
  }

  private List<SourceFile> list(Predicate<String> wanted, int depth, int most) {
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
              return files.size() > most ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
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
