package dev.lockstep.engine.sync;

import dev.lockstep.connector.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a sync or capture does not get on.
 *
 * @param place who is in trouble
 * @param passes whether it is expected to end by itself
 */
public record Trouble(String place, String fault, String remedy, boolean passes, Instant since) {

  public static Trouble of(String place, Failure failure, Instant since) {
    return switch (failure) {
      case Failure.Transient(var message, var retryAfter) ->
          new Trouble(place, message, "it is tried again by itself", true, since);
      case Failure.Misconfigured(var problems) ->
          new Trouble(
              place,
              failure.message(),
              "put it right; it is tried again every minute",
              false,
              since);
      case Failure.PositionLost(var position, var message) ->
          new Trouble(
              place, message, "read the source anew with `lockstep run SYNC --full`", false, since);
      case Failure.Permanent(var message) ->
          new Trouble(place, message, "it will not pass by itself; see the message", false, since);
    };
  }

  /** The same trouble, since when it has been there, if what was before is still the case. */
  public Trouble after(@Nullable Trouble before) {
    return before != null && before.place.equals(place) && before.fault.equals(fault)
        ? before
        : this;
  }

  @Override
  public String toString() {
    return place + ": " + fault + "; " + remedy;
  }
}
