package dev.lockstep.hub;

import dev.lockstep.connector.Change;
import java.util.List;

/** Makes changes of its own of the hub's events, none or many of each. Used by one thread. */
public interface EventFan {
  /**
   * Whether it may make anything of the events of an object; asked for after events were read, and
   * only those it wants are handed to it.
   */
  boolean wants(String object) throws InterruptedException;

  /**
   * What becomes of events that were committed in this order. The same events may come again after
   * a crash, and then it must answer the same.
   */
  List<Change> changes(List<HubEvent> events) throws InterruptedException;
}
