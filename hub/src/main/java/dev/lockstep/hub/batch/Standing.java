package dev.lockstep.hub.batch;

import dev.lockstep.hub.batch.Task.Status;
import java.util.EnumMap;
import java.util.Map;

/** How many of the tasks that are kept stand how. */
public record Standing(Map<Status, Long> tasks) {
  public Standing {
    tasks = Map.copyOf(tasks);
  }

  /** Of counts by the names of states; a state without a task has none. */
  public static Standing of(Map<String, Long> counts) {
    Map<Status, Long> tasks = new EnumMap<>(Status.class);
    for (Status status : Status.values()) {
      tasks.put(status, counts.getOrDefault(status.name(), 0L));
    }
    return new Standing(tasks);
  }

  public long of(Status status) {
    return tasks.getOrDefault(status, 0L);
  }
}
