package dev.lockstep.server.extension;

import java.util.List;

/**
 * What a project declares.
 *
 * @param name the project's, by which a later one takes its place
 * @param files the paths of its batch files, in the order in which they are carried out
 * @param notes what in it has no meaning here, as sentences
 */
public record Extension(
    String name, List<String> files, List<HeadlessServer> applications, List<String> notes) {
  /** How the name of a batch file ends. */
  public static final String DATA = ".batch-engine-data.json";

  public Extension {
    files = List.copyOf(files);
    applications = List.copyOf(applications);
    notes = List.copyOf(notes);
  }
}
