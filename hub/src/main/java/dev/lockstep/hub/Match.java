package dev.lockstep.hub;

/** In which state an entry must be for an edit to be made: the conditional request. */
public sealed interface Match {
  Match ANY = new Any();

  record Any() implements Match {}

  /** There is no such entry yet. */
  record Absent() implements Match {}

  /** There is such an entry, in whatever version. */
  record Present() implements Match {}

  /** The entry has this version. */
  record Version(long version) implements Match {}
}
