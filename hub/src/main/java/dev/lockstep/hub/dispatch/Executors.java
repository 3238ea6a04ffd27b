package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.NearestName;
import dev.lockstep.hub.liferay.Fault;
import java.util.Map;

/** Who carries out what, by {@code dispatchTaskExecutorType}. */
record Executors(Map<String, Executor> byType) {
  static final String EXPORT = "export-task";
  static final String SYNC = "sync";
  static final String ACTION = "object-action";

  /**
   * The executor of a type.
   *
   * @throws Fault when there is none
   */
  Executor of(String type) {
    Executor executor = byType.get(type);
    if (executor == null) {
      throw Fault.bad(
          "dispatchTaskExecutorType '" + type + "' is carried out by nobody here",
          NearestName.remedy(type, byType.keySet())
              + ", or send active: false to keep the trigger for later");
    }
    return executor;
  }
}
