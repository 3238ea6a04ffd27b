package dev.lockstep.engine.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** How many calls a system may be asked in a period: {@code 10000/day}, {@code 100/hour}. */
public record Allowance(long calls, Per per) {
  private static final String REMEDY = "10000/day, 1000/hour or 100/min";

  public Allowance {
    if (calls < 1) {
      throw new IllegalArgumentException("calls " + calls);
    }
  }

  /**
   * Reads the user's form.
   *
   * @param zone whose midnight renews an allowance per day
   * @throws UnrecognizableLimit when it cannot be read
   */
  public static Allowance parse(String text, ZoneId zone) {
    LimitText limit = LimitText.parse("calls", text, REMEDY);
    if (!limit.isWhole()) {
      throw new UnrecognizableLimit("calls", text, "it is not a whole number of calls", REMEDY);
    }
    if (limit.unit().equals(Duration.ofSeconds(1))) {
      throw new UnrecognizableLimit(
          "calls", text, "a limit per second is a rate", "rate: " + text + " instead of calls");
    }
    Per per =
        limit.unit().equals(Duration.ofDays(1)) ? new Per.Day(zone) : new Per.Rolling(limit.unit());
    return new Allowance(limit.number().longValueExact(), per);
  }

  /** The longest this allowance lasts when it is spent evenly, as calls a day. */
  public double callsPerDay() {
    return switch (per) {
      case Per.Day day -> calls;
      case Per.Rolling rolling -> calls * (86_400_000.0 / rolling.span().toMillis());
    };
  }

  /** The period. It is counted in slots, so that what was used survives a restart in few rows. */
  public sealed interface Per {

    /** The start of the slot that a moment belongs to. */
    Instant slot(Instant moment);

    /** The start of the first slot whose calls still count at a moment. */
    Instant oldest(Instant moment);

    /** When the calls of a slot no longer count. */
    Instant forgets(Instant slot);

    /** From midnight to midnight in a zone. */
    record Day(ZoneId zone) implements Per {
      @Override
      public Instant slot(Instant moment) {
        return moment.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
      }

      @Override
      public Instant oldest(Instant moment) {
        return slot(moment);
      }

      @Override
      public Instant forgets(Instant slot) {
        return slot.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
      }
    }

    /**
     * Any stretch of a given length: no such stretch sees more calls than allowed. Calls are
     * forgotten a twelfth of it at a time, so a call counts for up to a twelfth longer.
     */
    record Rolling(Duration span) implements Per {
      private static final int SLOTS = 12;

      public Rolling {
        if (span.compareTo(Duration.ofSeconds(SLOTS)) < 0) {
          throw new IllegalArgumentException("a rolling period of " + span + " is too short");
        }
      }

      @Override
      public Instant slot(Instant moment) {
        long width = width();
        return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), width) * width);
      }

      @Override
      public Instant oldest(Instant moment) {
        return slot(moment).minusSeconds(SLOTS * width());
      }

      @Override
      public Instant forgets(Instant slot) {
        return slot.plusSeconds((SLOTS + 1) * width());
      }

      private long width() {
        return Math.ceilDiv(span.toSeconds(), SLOTS);
      }
    }
  }
}
