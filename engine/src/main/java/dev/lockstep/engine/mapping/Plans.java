package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The plans of one mapper, by the identity of the source's schema: sources share one instance among
 * the rows of a batch. Bounded: a source that makes a schema per row costs time, never memory.
 */
final class Plans {
  private static final int KEPT = 8;

  private final Function<Schema, List<TargetField>> shape;
  // Copied on write, never written: a reader sees one array whole, and losing a plan to a race only
  // means making it again.
  private volatile Plan[] recent;

  Plans(Function<Schema, List<TargetField>> shape, Schema expected) {
    this.shape = shape;
    this.recent = new Plan[] {new Plan(expected, shape.apply(expected))};
  }

  Row apply(Row row) {
    return of(row.schema()).apply(row);
  }

  Plan of(Schema schema) {
    for (Plan plan : recent) {
      if (plan.isFor(schema)) {
        return plan;
      }
    }
    return made(schema);
  }

  private Plan made(Schema schema) {
    Plan plan = new Plan(schema, shape.apply(schema));
    Plan[] before = recent;
    Plan[] after = Arrays.copyOf(before, Math.min(before.length + 1, KEPT));
    System.arraycopy(before, 0, after, 1, after.length - 1);
    after[0] = plan;
    recent = after;
    return plan;
  }
}
