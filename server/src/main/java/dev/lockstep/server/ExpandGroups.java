package dev.lockstep.server;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.engine.sync.Endpoint;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.server.config.ConfigProblem;
import dev.lockstep.server.config.Configuration;
import dev.lockstep.server.config.SyncGroup;
import dev.lockstep.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** Makes one sync per table of the syncs of whole schemas, when Lockstep is opened. */
final class ExpandGroups {
  private static final System.Logger LOG = System.getLogger(ExpandGroups.class.getName());

  private final Configuration configuration;
  private final KnownTables known;
  private final List<ConfigProblem> problems = new ArrayList<>();

  ExpandGroups(Configuration configuration, Store store) {
    this.configuration = configuration;
    this.known = new KnownTables(store);
  }

  /**
   * Asks the sources, and remembers what they have.
   *
   * @param connections by the system's name
   * @throws ConfigurationRefused when a source has no such table, or cannot be asked and never was
   */
  List<ExpandedGroup> ask(Function<String, Connection> connections) throws InterruptedException {
    List<ExpandedGroup> expanded = new ArrayList<>();
    for (SyncGroup group : configuration.groups()) {
      expanded.add(expand(group, connections.apply(group.template().from().system())));
    }
    refuseShared(expanded);
    if (!problems.isEmpty()) {
      throw new ConfigurationRefused(problems);
    }
    return expanded;
  }

  private ExpandedGroup expand(SyncGroup group, Connection source) throws InterruptedException {
    List<DatasetId> before = known.of(group);
    try {
      List<DatasetId> found = found(group, source);
      SortedSet<DatasetId> all = new TreeSet<>(before);
      all.addAll(found);
      if (all.isEmpty()) {
        problem(
            group,
            "from",
            "the source has no table of this name",
            "see `lockstep discover " + group.template().from().system() + "` for what it has");
      }
      known.remember(group, all);
      List<DatasetId> fresh =
          before.isEmpty()
              ? List.of()
              : found.stream().filter(dataset -> !before.contains(dataset)).toList();
      return new ExpandedGroup(group, syncs(group, all), fresh);
    } catch (ConnectorException e) {
      Failure failure = e.failure();
      if (before.isEmpty()) {
        problem(
            group,
            "from",
            "which tables the source has could not be asked, and is not known from before: "
                + failure.message(),
            "see that it can be reached, and start again");
      } else {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0}: which tables the source has could not be asked ({1}); goes on with the {2} known"
                + " from before",
            group.name(),
            failure.message(),
            before.size());
      }
      return new ExpandedGroup(group, syncs(group, before), List.of());
    }
  }

  /** The tables that a source has, or is said to have. */
  static List<DatasetId> found(SyncGroup group, Connection source) throws InterruptedException {
    SortedSet<DatasetId> found = new TreeSet<>(group.named());
    source.discoverTables().stream()
        .map(Dataset::id)
        .filter(dataset -> group.of(dataset).isPresent())
        .forEach(found::add);
    return List.copyOf(found);
  }

  /** What the store knows, without asking anybody. */
  static List<SyncSpec> remembered(Configuration configuration, Store store)
      throws InterruptedException {
    KnownTables known = new KnownTables(store);
    List<SyncSpec> all = new ArrayList<>(configuration.syncs());
    for (SyncGroup group : configuration.groups()) {
      all.addAll(syncs(group, known.of(group)));
    }
    return all;
  }

  private static List<SyncSpec> syncs(SyncGroup group, Iterable<DatasetId> datasets) {
    List<SyncSpec> syncs = new ArrayList<>();
    datasets.forEach(dataset -> group.of(dataset).ifPresent(syncs::add));
    return syncs;
  }

  /** What syncs of one dataset may share was checked before; here at least one writes a schema. */
  private void refuseShared(List<ExpandedGroup> expanded) {
    Map<Endpoint, SyncSpec> writers = new HashMap<>();
    for (ExpandedGroup each : expanded) {
      for (SyncSpec sync : each.syncs()) {
        SyncSpec other = writers.putIfAbsent(sync.to(), sync);
        if (other != null && (other.mode() != Mode.APPEND || sync.mode() != Mode.APPEND)) {
          problem(
              each.group(),
              "to",
              "'" + other.name() + "' writes the same dataset, " + sync.to(),
              "name its table in `except` of one of the two");
        }
      }
    }
  }

  private void problem(SyncGroup group, String key, String fault, String remedy) {
    problems.add(configuration.problem("syncs." + group.name() + "." + key, fault, remedy));
  }
}
