package dev.lockstep.server.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** Reads the names of time zones. */
final class Zones {
  private final Problems problems;
  private final ZoneId fallback;

  Zones(Problems problems, ZoneId fallback) {
    this.problems = problems;
    this.fallback = fallback;
  }

  ZoneId fallback() {
    return fallback;
  }

  /** The zone a key names; the fallback when the key is not there, empty when it names none. */
  Optional<ZoneId> of(Part part, String key) {
    return part.values().has(key) ? named(part, key) : Optional.of(fallback);
  }

  /** The zone that a present key names; empty and told when it names none. */
  Optional<ZoneId> named(Part part, String key) {
    String name = part.values().text(key);
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException e) {
      problems.add(
          part.at(key),
          part.shown(key) + " is no time zone",
          part.isShown(key)
              ? NearestName.of(name, ZoneId.getAvailableZoneIds())
                  .map(near -> "write " + near)
                  .orElse("write a region and a city, as in Europe/Berlin, or UTC")
              : "write a region and a city, as in Europe/Berlin, or UTC");
      return Optional.empty();
    }
  }
}
