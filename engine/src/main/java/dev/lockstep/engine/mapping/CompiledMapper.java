package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.engine.sync.Leaving;
import java.util.List;
import java.util.Optional;

/** A compiled mapping at work. */
final class CompiledMapper implements Mapper {
  private final Condition where;
  private final Leaving leaving;
  private final Plans plans;
  private final TargetKey key;
  private final Schema schema;
  private final List<String> reads;
  private final Copying copying;

  CompiledMapper(
      Condition where,
      Leaving leaving,
      Plans plans,
      TargetKey key,
      Schema schema,
      List<String> reads,
      Copying copying) {
    this.where = where;
    this.leaving = leaving;
    this.plans = plans;
    this.key = key;
    this.schema = schema;
    this.reads = List.copyOf(reads);
    this.copying = copying;
  }

  @Override
  public Mapped upserted(Row row, Optional<Row> before) {
    try {
      return where.meets(row) ? kept(row, before) : left(row, before);
    } catch (Unfit e) {
      return new Mapped.Refused(e.reason(), e.remedy());
    }
  }

  private Mapped kept(Row row, Optional<Row> before) {
    Row mapped = plans.apply(row);
    Key to = key.of(mapped);
    if (before.isPresent()) {
      Optional<Key> from = key.ofEarlier(before.get());
      // Without the condition met before, the record was not there to be moved, and its old key may
      // be another record's by now.
      if (from.isPresent()
          && !from.get().equals(to)
          && where.answer(before.get()) != Condition.Answer.UNMET) {
        return new Mapped.Move(from.get(), to, mapped);
      }
    }
    return new Mapped.Upsert(to, mapped);
  }

  private Mapped left(Row row, Optional<Row> before) {
    if (leaving == Leaving.KEEP
        || (before.isPresent() && where.answer(before.get()) == Condition.Answer.UNMET)) {
      return new Mapped.Filtered();
    }
    return new Mapped.Delete(before.flatMap(key::ofEarlier).orElseGet(() -> key.ofSource(row)));
  }

  @Override
  public Mapped deleted(Key sourceKey, Optional<Row> before) {
    if (before.isPresent() && where.answer(before.get()) == Condition.Answer.UNMET) {
      return new Mapped.Filtered();
    }
    try {
      return new Mapped.Delete(
          before.flatMap(key::ofEarlier).orElseGet(() -> key.ofSourceKey(sourceKey)));
    } catch (Unfit e) {
      return new Mapped.Refused(e.reason(), e.remedy());
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public List<String> key() {
    return key.names();
  }

  @Override
  public List<String> reads() {
    return reads;
  }

  @Override
  public Copying copying() {
    return copying;
  }
}
