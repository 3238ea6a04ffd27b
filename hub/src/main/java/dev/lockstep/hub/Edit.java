package dev.lockstep.hub;

/** One thing to do to one entry. */
public sealed interface Edit {

  /**
   * Adds an entry, under the draft's code or one that the hub makes; refused when the code is
   * taken.
   */
  record Create(Draft draft) implements Edit {}

  /**
   * Makes the entry read as the draft does: fields not sent get their default or null. Named by
   * code it is created when it is not there; named by id it must be.
   */
  record Replace(EntryRef entry, Draft draft, Match match) implements Edit {}

  /** Sets the fields that were sent and keeps the others. */
  record Patch(EntryRef entry, Draft draft, Match match) implements Edit {}

  /**
   * As {@link Patch}, and creates the entry when it is not there: what a connector's upsert means.
   */
  record Merge(String code, Draft draft) implements Edit {}

  /** Removes the entry. */
  record Delete(EntryRef entry, Match match) implements Edit {}
}
