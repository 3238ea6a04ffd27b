package dev.lockstep.hub;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import java.util.List;

/** What a reader of the log takes from it. */
interface LogReading {
  /** Throws when a dataset cannot be followed. */
  void check(List<DatasetId> datasets);

  /** Whether the events of an object are read with their images. */
  boolean wants(String object);

  /** What the events are to the reader; those that are not wanted have no images. */
  List<Change> changes(List<Event> events) throws InterruptedException;
}
