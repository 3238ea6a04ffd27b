package dev.lockstep.engine;

import dev.lockstep.connector.ChangeReader.Retained;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one system stands.
 *
 * @param callsUsed calls in the present period of the budget, or since the start where there is
 *     none
 * @param callsAllowed the budget, if there is one
 * @param renewsAt when the budget renews, if there is one
 * @param restsUntil until when the system is left alone after failures, if it is
 * @param retained what the system keeps back of its log until Lockstep has taken it, as it was a
 *     few seconds ago; empty where it keeps nothing or cannot tell
 */
public record SystemStatus(
    String name,
    String connector,
    State state,
    long callsUsed,
    OptionalLong callsAllowed,
    Optional<Instant> renewsAt,
    int inFlight,
    int waiting,
    Optional<Instant> restsUntil,
    Optional<Retained> retained) {

  /** Whether it is being called. */
  public enum State {
    /** No Lockstep runs that would know. */
    UNKNOWN,
    /** Nothing speaks against calling it. */
    REACHABLE,
    /** It failed, and is left alone for a while or tried with single calls. */
    RESTING,
    /** Its calls for the period are used up. */
    EXHAUSTED
  }
}
