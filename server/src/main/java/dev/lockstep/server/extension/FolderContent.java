package dev.lockstep.server.extension;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The files of a project's folder. Links are refused, since they may lead out of it. */
public final class FolderContent implements Content {
  private static final int MOST_FILES = 10_000;

  /** Folders of tools, which are large and declare nothing. */
  private static final Set<String> SKIPPED = Set.of("node_modules", ".git", ".gradle");

  private final Path folder;
  private final SortedSet<String> paths;

  private FolderContent(Path folder, SortedSet<String> paths) {
    this.folder = folder;
    this.paths = paths;
  }

  public static FolderContent open(Path folder) throws IOException, ExtensionRefused {
    SortedSet<String> paths = new TreeSet<>();
    SortedSet<String> links = new TreeSet<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) {
            boolean skipped =
                !place.equals(folder) && SKIPPED.contains(place.getFileName().toString());
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path place, BasicFileAttributes attributes) {
            String path = folder.relativize(place).toString().replace('\\', '/');
            if (attributes.isRegularFile()) {
              paths.add(path);
            } else if (attributes.isSymbolicLink()) {
              links.add(path);
            }
            return paths.size() > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }
        });
    if (!links.isEmpty()) {
      throw new ExtensionRefused(
          links.first() + " is a link, which may lead anywhere", "put the file itself there");
    }
    if (paths.size() > MOST_FILES) {
      throw new ExtensionRefused(
          "the folder has more than " + MOST_FILES + " files", "name that of one project");
    }
    return new FolderContent(folder, paths);
  }

  @Override
  public SortedSet<String> paths() {
    return paths;
  }

  @Override
  public InputStream open(String path) throws IOException {
    Path file = folder.resolve(path);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(path + " is no file any more");
    }
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }
}
