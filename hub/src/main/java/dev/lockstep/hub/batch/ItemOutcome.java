package dev.lockstep.hub.batch;

/** What became of one item. */
public sealed interface ItemOutcome {
  /** It is as the item says. */
  record Done(Effect effect) implements ItemOutcome {}

  /** Nothing of it was kept. */
  record Failed(String message) implements ItemOutcome {}

  /**
   * Nothing of it was kept, as it refers to something that is not there; it is tried again after
   * the items that follow it, and fails with this message when that is in vain.
   */
  record Waiting(String message) implements ItemOutcome {}

  /** What an item did. */
  enum Effect {
    CREATED,
    UPDATED,
    DELETED,
    UNCHANGED
  }
}
