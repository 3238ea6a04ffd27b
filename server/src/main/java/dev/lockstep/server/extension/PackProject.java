package dev.lockstep.server.extension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Packs a project's folder into an archive, in the form that Liferay's workspace builds. */
public final class PackProject {
  private PackProject() {}

  /**
   * Packs, and answers what in the project has no meaning here and is left out.
   *
   * @param name the project's
   * @param archive is written over
   */
  public static List<String> of(Path folder, String name, Path archive)
      throws IOException, ExtensionRefused {
    ExtensionProject project = ExtensionProject.of(FolderContent.open(folder), name);
    try (ArchiveWriter writer = new ArchiveWriter(Files.newOutputStream(archive))) {
      writer.write(project);
    }
    return project.extension().notes();
  }
}
