package dev.lockstep.server.admin;

import dev.lockstep.engine.run.Difference;
import dev.lockstep.engine.run.DryRun;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Passes differences on and counts them by what they would do. */
final class CountDifferences implements Consumer<Difference> {
  private final Consumer<ObjectNode> told;
  private long creates;
  private long updates;
  private long deletes;
  private long refused;

  CountDifferences(Consumer<ObjectNode> told) {
    this.told = told;
  }

  @Override
  public void accept(Difference difference) {
    switch (difference) {
      case Difference.Create _ -> creates++;
      case Difference.Update _ -> updates++;
      case Difference.Delete _ -> deletes++;
      case Difference.Refuse _ -> refused++;
    }
    told.accept(LetterJson.difference(difference));
  }

  ObjectNode summary(String sync, DryRun.Summary summary) {
    ObjectNode node = Json.object();
    node.put("sync", sync);
    node.put("read", summary.read());
    node.put("same", summary.same());
    node.put("creates", creates);
    node.put("updates", updates);
    node.put("deletes", deletes);
    node.put("refused", refused);
    return node;
  }
}
