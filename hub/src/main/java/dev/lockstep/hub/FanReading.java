package dev.lockstep.hub;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.store.StoreException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/** Reads the log for an {@link EventFan}. */
final class FanReading implements LogReading {
  private final HubAccess access;
  private final EventFan fan;
  private final DatasetId dataset;

  /**
   * @param dataset where events are told that cannot be read
   */
  FanReading(HubAccess access, EventFan fan, DatasetId dataset) {
    this.access = access;
    this.fan = fan;
    this.dataset = dataset;
  }

  @Override
  public void check(List<DatasetId> datasets) {
    // Its datasets are the fan's, not the hub's.
  }

  @Override
  public boolean wants(String object) {
    // The fan is asked later, when it knows what there was to be known when they were written.
    return true;
  }

  @Override
  public List<Change> changes(List<Event> events) throws InterruptedException {
    try {
      return access.told(() -> fanned(events));
    } catch (ConnectorException | StoreException told) {
      throw told;
    } catch (RuntimeException bug) {
      // Told as the system's failure, because nothing is read on until it is mended.
      throw new ConnectorException(
          new Failure.Permanent("an event was not understood: " + bug), bug);
    }
  }

  private List<Change> fanned(List<Event> events) throws InterruptedException {
    List<HubEvent> wanted = new ArrayList<>();
    List<Change> unreadable = new ArrayList<>();
    for (Event event : events) {
      ObjectTable table = access.hub().tables().get(event.object());
      // Of an object that is gone since, nobody knows the fields.
      if (table != null && fan.wants(event.object())) {
        try {
          wanted.add(event.read(table, access.hub().log()));
        } catch (JacksonException | IllegalArgumentException | DateTimeException why) {
          unreadable.add(
              new Change.Garbled(
                  dataset, HubChanges.unreadable(event, why), HubChanges.mark(event)));
        }
      }
    }
    List<Change> changes = new ArrayList<>(wanted.isEmpty() ? List.of() : fan.changes(wanted));
    changes.addAll(unreadable);
    return changes;
  }
}
