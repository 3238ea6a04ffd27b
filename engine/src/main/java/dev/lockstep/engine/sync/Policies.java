package dev.lockstep.engine.sync;

import java.util.Optional;

/**
 * What a sync does where people differ in what they want.
 *
 * @param lanes how many transactions of the target its changes may be split over, so that they are
 *     written at the same time; 1 keeps what the source committed together together
 * @param twoWay present where the two datasets are kept equal in both directions
 */
public record Policies(
    Refusal onRefusal, SchemaChange onSchemaChange, int lanes, Optional<TwoWay> twoWay) {
  public static final int MOST_LANES = 16;

  public static final Policies DEFAULT = new Policies(Refusal.LETTER, SchemaChange.IGNORE);

  public Policies {
    if (lanes < 1 || lanes > MOST_LANES) {
      throw new IllegalArgumentException("lanes " + lanes);
    }
  }

  /** In one direction. */
  public Policies(Refusal onRefusal, SchemaChange onSchemaChange, int lanes) {
    this(onRefusal, onSchemaChange, lanes, Optional.empty());
  }

  /** With transactions that stay whole. */
  public Policies(Refusal onRefusal, SchemaChange onSchemaChange) {
    this(onRefusal, onSchemaChange, 1);
  }

  /** The same, in both directions. */
  public Policies with(TwoWay both) {
    return new Policies(onRefusal, onSchemaChange, lanes, Optional.of(both));
  }

  /** What becomes of a window in which the target refuses a record for good. */
  public enum Refusal {
    /** The record becomes a dead letter, and the others go on. */
    LETTER,
    /** Nothing of it is applied: the sync waits until a person has put it right. */
    HOLD
  }

  /** What happens when the columns of the source change. */
  public enum SchemaChange {
    /** The mapping goes on with the fields that both sides have. */
    IGNORE,
    /** Fields that the target lacks are added there, and those too narrow are widened. */
    APPLY,
    /** The sync waits until both sides have the same fields. */
    HOLD
  }
}
