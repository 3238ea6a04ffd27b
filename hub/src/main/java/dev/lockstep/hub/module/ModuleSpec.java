package dev.lockstep.hub.module;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A module as it is declared: objects of one part of a platform, served below {@code /api/{name}}.
 *
 * @param title its name for people
 * @param remembers how long the answer to a request with an Idempotency-Key is kept
 * @param breaks the places where a deployment may break clients: {@code v1}, {@code v1.customers},
 *     {@code v1.customers.email}
 */
public record ModuleSpec(
    String name, String title, Duration remembers, Set<String> breaks, List<VersionSpec> versions) {
  public static final Duration DEFAULT_REMEMBERS = Duration.ofDays(1);

  public ModuleSpec {
    breaks = Set.copyOf(breaks);
    versions = List.copyOf(versions);
  }
}
