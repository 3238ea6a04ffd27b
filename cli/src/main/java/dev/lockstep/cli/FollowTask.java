package dev.lockstep.cli;

import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.TaskWords;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** Asks how far a task is until it is over. */
record FollowTask(Admin server, Common common) {
  private static final Duration PAUSE = Duration.ofMillis(250);

  ObjectNode toItsEnd(long id) throws InterruptedException {
    LiveLine line = new LiveLine(common.terminal(), System::nanoTime);
    ObjectNode task = server.task(id);
    while (!TaskWords.isOver(task)) {
      if (line.isDue() && !common.isJson()) {
        line.show(TaskWords.progress(task));
      }
      Thread.sleep(PAUSE);
      task = server.task(id);
    }
    line.clear();
    return task;
  }
}
