package dev.lockstep.server.page;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * All that the page shows at one moment.
 *
 * @param headline the one sentence to read if only one is read
 * @param hasObjects whether objects are defined here, which have pages of their own
 * @param hasConflicts whether a sync keeps both ends equal, and may have conflicts
 * @param tasks imports and exports that are not over
 * @param deployments client extensions that failed
 * @param letters open ones, the oldest
 */
public record PageView(
    String headline,
    Tone tone,
    String at,
    boolean hasObjects,
    boolean hasConflicts,
    List<TaskView> tasks,
    List<Broken> deployments,
    List<SystemView> systems,
    List<SyncView> syncs,
    List<RunView> runs,
    List<LetterView> letters,
    boolean moreLetters,
    String openLetters) {
  public PageView {
    tasks = List.copyOf(tasks);
    deployments = List.copyOf(deployments);
    systems = List.copyOf(systems);
    syncs = List.copyOf(syncs);
    runs = List.copyOf(runs);
    letters = List.copyOf(letters);
  }

  /** A client extension, and what became of it. */
  public record Broken(String name, String state, String error) {
    /** Those among all client extensions. */
    static List<Broken> of(JsonNode deployments) {
      List<Broken> broken = new ArrayList<>();
      for (JsonNode each : deployments.get("items")) {
        if (each.get("state").stringValue().equals("failed")) {
          String name = each.get("name").stringValue();
          broken.add(new Broken(name, "failed", each.get("error").stringValue()));
        }
      }
      for (JsonNode each : deployments.get("refused")) {
        String source = each.get("source").stringValue();
        broken.add(new Broken(source, "was refused", each.get("error").stringValue()));
      }
      return broken;
    }
  }
}
