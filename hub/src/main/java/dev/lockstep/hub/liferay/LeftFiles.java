package dev.lockstep.hub.liferay;

import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.object.Definitions;

/** Files that came within documents of entries, and were left when a process was killed. */
public final class LeftFiles {
  private LeftFiles() {}

  /** Removes those to which no entry refers; called before entries are taken. */
  public static void remove(Definitions definitions, FileEntries files)
      throws InterruptedException {
    files.removeLeft(SeenFiles.uses(definitions));
  }
}
