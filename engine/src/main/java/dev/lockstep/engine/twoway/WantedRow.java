package dev.lockstep.engine.twoway;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an end is to read: the other end's record, save for fields that stay as they are here. */
final class WantedRow {
  private WantedRow() {}

  /**
   * The row to be written, with the fields that are kept equal and the key.
   *
   * @param foreign the other end's record as this end would have it
   * @param own what this end holds
   * @param staying fields that stay as this end has them
   */
  static Row of(FieldPairs pairs, Side here, Row foreign, Optional<Row> own, BitSet staying) {
    List<Field> fields = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    List<String> names = pairs.names(here.end());
    for (Field field : foreign.schema().fields()) {
      int index = names.indexOf(field.name());
      if (index < 0 && !here.dataset().key().contains(field.name())) {
        continue;
      }
      fields.add(field);
      boolean stays = index >= 0 && staying.get(index) && own.isPresent();
      values.add(
          stays ? pairs.value(here.end(), own.orElseThrow(), index) : foreign.get(field.name()));
    }
    return new Row(new Schema(fields), values.toArray());
  }

  /** A record as the other end would have it. */
  static Mapped away(Side side, Row row) {
    return side.away().upserted(row, Optional.empty());
  }
}
