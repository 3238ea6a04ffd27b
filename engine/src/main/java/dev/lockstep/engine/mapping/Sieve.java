package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Filter;

/** What a source could evaluate of a condition: all of it, or none. */
sealed interface Sieve {
  record Asked(Filter filter) implements Sieve {}

  /** It is decided here; the reason says what of it a source may see otherwise. */
  record Kept(String reason) implements Sieve {}
}
