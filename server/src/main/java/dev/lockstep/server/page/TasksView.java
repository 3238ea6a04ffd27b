package dev.lockstep.server.page;

import java.util.List;

/**
 * A page of batch tasks.
 *
 * @param which as a query: all, those under way, or those with failures
 * @param next the address of older ones; empty where there are none
 */
public record TasksView(String which, List<TaskView> tasks, String next) {
  public TasksView {
    tasks = List.copyOf(tasks);
  }
}
