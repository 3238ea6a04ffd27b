package dev.lockstep.server.admin;

import dev.lockstep.engine.run.Outlook;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.engine.sync.Counts;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Passes a run's progress on, from whichever thread reads, one at a time. */
final class TellProgress implements RunProgress {
  private final Consumer<ObjectNode> told;

  TellProgress(Consumer<ObjectNode> told) {
    this.told = told;
  }

  @Override
  public synchronized void at(Phase phase, Counts counts, Outlook outlook) {
    ObjectNode node = Json.object();
    node.put("phase", Json.word(phase));
    node.set("counts", StatusJson.counts(counts));
    StatusJson.put(node, outlook);
    told.accept(node);
  }
}
