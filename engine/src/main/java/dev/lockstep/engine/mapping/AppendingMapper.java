package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A mapping into a target that only ever gets more records: every state of a record is one of its
 * own, so nothing moves and nothing is deleted.
 */
record AppendingMapper(Mapper mapper) implements Mapper {

  @Override
  public Mapped upserted(Row row, Optional<Row> before) {
    return mapper.upserted(row, Optional.empty());
  }

  @Override
  public Mapped deleted(Key key, Optional<Row> before) {
    return new Mapped.Filtered();
  }

  @Override
  public Schema schema() {
    return mapper.schema();
  }

  @Override
  public List<String> key() {
    return mapper.key();
  }

  @Override
  public List<String> reads() {
    return mapper.reads();
  }
}
