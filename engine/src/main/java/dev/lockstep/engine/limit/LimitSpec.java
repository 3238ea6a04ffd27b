package dev.lockstep.engine.limit;

import dev.lockstep.connector.Limits;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How much one system may be asked, as its user declared it. What is absent is unlimited.
 *
 * @param calls calls in a period, counted over restarts
 * @param ratePerSecond calls a second, spaced evenly
 * @param concurrent calls in flight at once
 * @param batchRows mutations in one write, keys in one lookup
 */
public record LimitSpec(
    Optional<Allowance> calls,
    OptionalDouble ratePerSecond,
    OptionalInt concurrent,
    OptionalInt batchRows) {

  public static final LimitSpec NONE =
      new LimitSpec(
          Optional.empty(), OptionalDouble.empty(), OptionalInt.empty(), OptionalInt.empty());

  private static final String RATE_REMEDY = "20/s, 600/min or 1000/hour";

  public LimitSpec {
    if (ratePerSecond.isPresent() && !(ratePerSecond.getAsDouble() > 0)) {
      throw new IllegalArgumentException("rate " + ratePerSecond.getAsDouble());
    }
    if (concurrent.isPresent() && concurrent.getAsInt() < 1) {
      throw new IllegalArgumentException("concurrent " + concurrent.getAsInt());
    }
    if (batchRows.isPresent() && batchRows.getAsInt() < 1) {
      throw new IllegalArgumentException("batchRows " + batchRows.getAsInt());
    }
  }

  /**
   * Reads the user's form of a rate, as calls a second.
   *
   * @throws UnrecognizableLimit when it cannot be read
   */
  public static double rate(String text) {
    LimitText limit = LimitText.parse("rate", text, RATE_REMEDY);
    if (limit.unit().toDays() > 0) {
      throw new UnrecognizableLimit(
          "rate", text, "a limit per day is no rate", "calls: " + text + " instead of rate");
    }
    return limit.perSecond();
  }

  /**
   * The narrower rate and concurrency of both. A period's calls are the user's alone, and so is the
   * size of batches, because connectors name theirs for each dataset.
   */
  public LimitSpec narrowedBy(Limits connector) {
    return new LimitSpec(
        calls, narrower(ratePerSecond, connector.callsPerSecond()), narrower(connector), batchRows);
  }

  /** These limits in the connectors' terms, for a dataset whose batches hold so many rows. */
  public Limits limits(int datasetBatchRows) {
    return new Limits(
        concurrent,
        ratePerSecond.isPresent()
            ? OptionalInt.of((int) Math.clamp(Math.floor(ratePerSecond.getAsDouble()), 1, 1e9))
            : OptionalInt.empty(),
        Math.min(datasetBatchRows, batchRows.orElse(Integer.MAX_VALUE)));
  }

  /** Calls a day that these limits permit at most; infinite when they name none. */
  public double callsPerDay() {
    double byRate = ratePerSecond.orElse(Double.POSITIVE_INFINITY) * 86_400;
    return Math.min(byRate, calls.map(Allowance::callsPerDay).orElse(Double.POSITIVE_INFINITY));
  }

  private OptionalInt narrower(Limits connector) {
    OptionalInt other = connector.concurrentCalls();
    if (concurrent.isEmpty() || other.isEmpty()) {
      return concurrent.isEmpty() ? other : concurrent;
    }
    return OptionalInt.of(Math.min(concurrent.getAsInt(), other.getAsInt()));
  }

  private static OptionalDouble narrower(OptionalDouble rate, OptionalInt other) {
    return other.isEmpty()
        ? rate
        : OptionalDouble.of(Math.min(rate.orElse(Double.MAX_VALUE), other.getAsInt()));
  }
}
