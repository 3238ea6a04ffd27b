package dev.lockstep.engine.twoway;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** What is to become of a record, by what both ends hold and last agreed on. */
sealed interface Verdict {

  /** Neither end was changed since they were equal. */
  record Nothing() implements Verdict {}

  /** Both ends are equal, whoever made them so. */
  record Equal() implements Verdict {}

  /**
   * One end's record goes to the other, save for fields that are taken from there.
   *
   * @param base the end whose record it is; where it has none, the other's is deleted
   * @param others fields that are taken from the other end
   * @param clash present when both ends had been changed
   */
  record Make(End base, BitSet others, Optional<Clash> clash) implements Verdict {}

  /** A person must decide. */
  record Hold(Clash clash) implements Verdict {}

  /** Who was changed last is not told yet. */
  record Later() implements Verdict {}

  /**
   * Both ends were changed since they were equal.
   *
   * @param policy the policy that decided
   * @param fields in which they differ, by their names at the end named first; empty where one of
   *     the ends has no record
   * @param winner who won: from, to, both (each some fields), or nobody
   * @param why in words
   */
  record Clash(String policy, List<String> fields, String winner, String why) {}
}
