package dev.lockstep.server.config;

import dev.lockstep.engine.limit.Allowance;
import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.engine.limit.UnrecognizableLimit;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/** Reads a system's {@code limits}. */
final class ReadLimits {
  private final Zones zones;
  private final Problems problems;

  ReadLimits(Zones zones, Problems problems) {
    this.zones = zones;
    this.problems = problems;
  }

  LimitSpec of(Part system) {
    return system.part("limits").map(this::read).orElse(LimitSpec.NONE);
  }

  private LimitSpec read(Part part) {
    ZoneId zone = zones.of(part, "zone").orElse(zones.fallback());
    Optional<Allowance> calls =
        parsed(part, "calls", "10000/day", text -> Allowance.parse(text, zone));
    Optional<Double> rate = parsed(part, "rate", "20/s", LimitSpec::rate);
    return new LimitSpec(
        calls,
        rate.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
        whole(part, "concurrent"),
        whole(part, "batch"));
  }

  private static OptionalInt whole(Part part, String key) {
    return part.knows(key) ? OptionalInt.of((int) part.values().whole(key)) : OptionalInt.empty();
  }

  private <T> Optional<T> parsed(Part part, String key, String example, Function<String, T> parse) {
    if (!part.knows(key)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(part.values().text(key)));
    } catch (UnrecognizableLimit e) {
      String message = String.valueOf(e.getMessage());
      int remedy = message.lastIndexOf(". Write ");
      boolean told = part.isShown(key) && remedy > 0;
      problems.add(
          part.at(key),
          told ? message.substring(0, remedy) : "the value is no limit",
          told
              ? "w" + message.substring(remedy + 3).replaceFirst("\\.$", "")
              : "write " + key + ": " + example);
      return Optional.empty();
    }
  }
}
