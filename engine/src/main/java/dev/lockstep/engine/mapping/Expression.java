package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled expression. Thread-safe, without side effects, bounded in what it can cost. */
interface Expression {

  /**
   * The value as a carrier, null, or {@link dev.lockstep.connector.Row#ABSENT} when the expression
   * reads a field that was not sent.
   *
   * @throws Unfit when it cannot be evaluated for this row
   */
  @Nullable Object evaluate(Subject subject);

  /** The source fields it reads. */
  Set<String> reads();

  /** True when it looks at the record as a whole, so that {@link #reads} does not tell all. */
  boolean readsAll();

  /** What a source with these fields could evaluate of it as a condition. */
  Sieve sieve(Schema source);
}
