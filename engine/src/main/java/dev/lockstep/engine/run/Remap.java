package dev.lockstep.engine.run;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.mapping.Mapper;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.reconcile.Item;

/** Makes an item of a change, with the mapping of today. */
public final class Remap implements Delivery.Remap {
  private final Route route;

  public Remap(Route route) {
    this.route = route;
  }

  @Override
  public Item item(Change change, long sequence) {
    return new Item(sequence, new FromJournal(change), map(route.mapper(), change));
  }

  public static Mapped map(Mapper mapper, Change change) {
    return switch (change) {
      case Change.Upserted upserted -> mapper.upserted(upserted.row(), upserted.before());
      case Change.Deleted deleted when SweepMark.isOn(deleted) -> new Mapped.Delete(deleted.key());
      case Change.Deleted deleted -> mapper.deleted(deleted.key(), deleted.before());
      case Change.Truncated(var dataset, var mark) ->
          new Mapped.Refused(
              "every record of " + dataset + " was removed at once (TRUNCATE)",
              "run the sync with --full in mode mirror, or delete there what is gone");
      case Change.Garbled(var dataset, Unreadable record, var mark) ->
          new Mapped.Refused(record.fault(), record.remedy());
    };
  }

  /** A change from the journal, or one that was kept. */
  private record FromJournal(Change change) implements Item.Arrival {
    @Override
    public String place() {
      return change instanceof Change.Garbled garbled ? garbled.record().place() : "";
    }
  }
}
