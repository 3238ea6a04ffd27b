package dev.lockstep.hub;

/**
 * What an edit did.
 *
 * @param entry the entry as it is now, or as it last was when it was deleted
 */
public record Applied(Effect effect, Entry entry) {

  /** The kind of what was done; all but {@link #UNCHANGED} left an event. */
  public enum Effect {
    CREATED,
    UPDATED,
    /** It was so already: nothing was written, no event is there, the version stays. */
    UNCHANGED,
    DELETED
  }
}
