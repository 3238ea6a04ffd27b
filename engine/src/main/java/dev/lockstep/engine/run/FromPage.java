package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader.RowPlaces;
import dev.lockstep.connector.Change;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.engine.reconcile.Item.Arrival;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where an item of a run came from: a row of a page, or something there that could not be read as
 * one.
 */
sealed interface FromPage extends Arrival {

  /**
   * What all items of a page have in common.
   *
   * @param before how many records of the partition came before the page
   */
  record Origin(Dataset dataset, String partition, Instant readAt, RowPlaces places, long before) {}

  /**
   * A row.
   *
   * @param number its running number in the partition
   */
  record Record(Origin origin, Row row, long number) implements FromPage {
    @Override
    public Change change() {
      return new Change.Upserted(
          origin.dataset().id(), key(), row, Optional.empty(), Change.Mark.at(origin.readAt()));
    }

    private Key key() {
      List<String> fields = origin.dataset().key();
      try {
        return fields.isEmpty() ? Key.of(place()) : row.key(fields);
      } catch (Row.NullKeyException e) {
        return Key.of(place());
      }
    }

    @Override
    public String place() {
      String told = origin.places().of(Math.toIntExact(number - origin.before() - 1));
      return told.isEmpty()
          ? origin.dataset().id() + ", record " + number + " of " + origin.partition()
          : told;
    }
  }

  /** Something unreadable. */
  record Broken(Origin origin, Unreadable record) implements FromPage {
    @Override
    public Change change() {
      return new Change.Garbled(origin.dataset().id(), record, Change.Mark.at(origin.readAt()));
    }

    @Override
    public String place() {
      return record.place();
    }
  }
}
