package dev.lockstep.engine;

import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.Retained;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Writer;
import dev.lockstep.engine.capture.Capture;
import dev.lockstep.engine.capture.Signal;
import dev.lockstep.engine.direct.DirectGroups;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How each followed system is followed: straight into a target, for all syncs together, or through
 * the journal, each sync at its own pace.
 */
final class Captures {
  private final Map<String, Capture> bySystem = new LinkedHashMap<>();
  private final Map<String, DirectGroups> directBySystem = new LinkedHashMap<>();
  private final List<SyncSpec> withoutGroup = new ArrayList<>();

  /**
   * @param strategies the strategy in force for each sync
   */
  Captures(
      EngineParts parts,
      SequencedMap<String, RunningSystem> systems,
      List<SyncSpec> syncs,
      Strategies strategies)
      throws InterruptedException {
    Map<String, List<SyncSpec>> following = new LinkedHashMap<>();
    for (SyncSpec spec : syncs) {
      if (follows(strategies.chosen(spec.name()))) {
        following.computeIfAbsent(spec.from().system(), name -> new ArrayList<>()).add(spec);
      }
    }
    for (RunningSystem system : systems.values()) {
      List<SyncSpec> of = following.getOrDefault(system.name(), List.of());
      Optional<ChangeReader> reader = system.connection(Optional.empty()).changeReader();
      if (!of.isEmpty() && reader.isPresent()) {
        open(parts, systems, system.name(), reader.get(), of);
      }
    }
  }

  static boolean follows(Strategy strategy) {
    return switch (strategy) {
      case EVENT, BOTH -> true;
      case SCHEDULE -> false;
      case AUTO -> throw new IllegalStateException("a strategy that was not decided");
    };
  }

  private void open(
      EngineParts parts,
      SequencedMap<String, RunningSystem> systems,
      String system,
      ChangeReader reader,
      List<SyncSpec> syncs)
      throws InterruptedException {
    Set<DatasetId> datasets =
        syncs.stream()
            .map(spec -> spec.from().dataset())
            .collect(Collectors.toCollection(TreeSet::new));
    Subscription subscription = new Subscription("lockstep_" + system, List.copyOf(datasets));
    Optional<RunningSystem> target = onlyTarget(systems, syncs);
    Optional<Writer> writer =
        target.flatMap(it -> it.connection(shortest(syncs)).writer()).filter(Writer::transacts);
    // What was once journaled may still lie there, and goes on from there.
    boolean journaled = parts.journal().position(subscription.name()).isPresent();
    journaled |= syncs.stream().anyMatch(spec -> spec.twoWay().isPresent());
    if (reader.replays() && writer.isPresent() && !journaled) {
      directBySystem.put(
          system,
          new DirectGroups(
              system + ">" + target.get().name(),
              reader,
              subscription,
              writer.get(),
              syncs,
              new DirectGroups.Shared(
                  parts.store(),
                  parts.syncs(),
                  parts.installation(),
                  parts.clock(),
                  parts.steps())));
    } else {
      withoutGroup.addAll(syncs);
      bySystem.put(
          system,
          new Capture(
              reader, subscription, parts.journal(), parts.clock(), parts.steps(), new Signal()));
    }
  }

  /** The one system that all of these write to, if there is one and they replace what is there. */
  private static Optional<RunningSystem> onlyTarget(
      SequencedMap<String, RunningSystem> systems, List<SyncSpec> syncs) {
    List<String> targets = syncs.stream().map(spec -> spec.to().system()).distinct().toList();
    boolean appends = syncs.stream().anyMatch(spec -> spec.mode() == Mode.APPEND);
    return targets.size() == 1 && !appends
        ? Optional.ofNullable(systems.get(targets.getFirst()))
        : Optional.empty();
  }

  private static Optional<Duration> shortest(List<SyncSpec> syncs) {
    return syncs.stream().flatMap(spec -> spec.freshness().stream()).min(Duration::compareTo);
  }

  /** The journal's capture that a sync follows, if it follows one. */
  Optional<Capture> of(SyncSpec spec, Strategy strategy) {
    return follows(strategy)
        ? Optional.ofNullable(bySystem.get(spec.from().system()))
        : Optional.empty();
  }

  /** The groups that a sync is followed in without a journal, if it is. */
  Optional<DirectGroups> directOf(SyncSpec spec, Strategy strategy) {
    return follows(strategy)
        ? Optional.ofNullable(directBySystem.get(spec.from().system()))
        : Optional.empty();
  }

  /** What a system keeps back until it is taken; asks the system. */
  Optional<Retained> retained(String system) throws InterruptedException {
    DirectGroups group = directBySystem.get(system);
    if (group != null) {
      return group.retained();
    }
    Capture capture = bySystem.get(system);
    return capture == null ? Optional.empty() : capture.retained();
  }

  /** What keeps any followed system from being followed, as far as can be told now. */
  List<Finding> check() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, Capture> each : bySystem.entrySet()) {
      findings.addAll(findings(each.getKey(), each.getValue()::check));
    }
    for (Map.Entry<String, DirectGroups> each : directBySystem.entrySet()) {
      findings.addAll(findings(each.getKey(), each.getValue()::check));
    }
    withoutGroup.stream()
        .filter(spec -> spec.policies().lanes() > 1)
        .map(Captures::withoutLanes)
        .forEach(findings::add);
    return findings;
  }

  private static Finding withoutLanes(SyncSpec spec) {
    return new Finding(
        "syncs." + spec.name(),
        new Problem(
            "lanes",
            "it has no lanes: they need one database as the only target of all that is followed in "
                + spec.from().system(),
            "leave out lanes, or follow what goes elsewhere from a system of its own"),
        false);
  }

  private interface Check {
    List<Problem> run() throws InterruptedException;
  }

  private static List<Finding> findings(String system, Check check) throws InterruptedException {
    try {
      return check.run().stream()
          .map(problem -> new Finding("systems." + system, problem, true))
          .toList();
    } catch (ConnectorException e) {
      // The check of the system itself says so already.
      return List.of();
    }
  }

  Collection<Capture> all() {
    return bySystem.values();
  }

  Collection<DirectGroups> direct() {
    return directBySystem.values();
  }
}
