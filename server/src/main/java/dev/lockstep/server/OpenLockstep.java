package dev.lockstep.server;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.EngineSettings;
import dev.lockstep.engine.SystemSpec;
import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.hub.DefinitionRefused;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.HubConnection;
import dev.lockstep.hub.HubSettings;
import dev.lockstep.hub.access.AccessControl;
import dev.lockstep.hub.access.BearerTokens;
import dev.lockstep.hub.action.Means;
import dev.lockstep.hub.action.ObjectActions;
import dev.lockstep.hub.batch.BatchTasks;
import dev.lockstep.hub.batch.export.Exports;
import dev.lockstep.hub.dispatch.Dispatches;
import dev.lockstep.hub.dispatch.Syncs;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.liferay.LeftFiles;
import dev.lockstep.hub.module.Modules;
import dev.lockstep.hub.module.ModulesRefused;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.ModelRefused;
import dev.lockstep.hub.outgoing.Destinations;
import dev.lockstep.server.config.ConfigProblem;
import dev.lockstep.server.config.Configuration;
import dev.lockstep.server.config.ConfiguredHub;
import dev.lockstep.server.config.ConfiguredSystem;
import dev.lockstep.server.deploy.Deployments;
import dev.lockstep.server.security.Security;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Opens the parts one after the other; when one cannot be opened, closes those that were. */
final class OpenLockstep {
  private static final String FILES = "files";
  private static final String TAKEN =
      "'" + ObjectActions.NAME + "' is what carries out the actions of objects";

  private final Configuration configuration;
  private final InstantSource clock;
  private final Steps steps;
  private final UnaryOperator<SystemSpec> around;
  private final List<SystemSpec> systems = new ArrayList<>();
  private final List<ConfigProblem> problems = new ArrayList<>();

  OpenLockstep(
      Configuration configuration,
      InstantSource clock,
      Steps steps,
      UnaryOperator<SystemSpec> around) {
    this.configuration = configuration;
    this.clock = clock;
    this.steps = steps;
    this.around = around;
  }

  Lockstep open() throws InterruptedException {
    Store store = OpenStore.toOwn(configuration, migrations());
    boolean opened = false;
    try {
      Lockstep lockstep = open(store);
      opened = true;
      return lockstep;
    } finally {
      if (!opened) {
        systems.forEach(system -> system.connection().close());
        store.close();
      }
    }
  }

  /** The parts of the store that a configuration reads; all of them are made when it is opened. */
  static List<Migration> migrations(Configuration configuration) {
    List<Migration> read = new ArrayList<>(Engine.migrations());
    if (configuration.hub().isPresent()) {
      read.add(Hub.migration());
      read.add(Modules.migration());
    }
    if (configuration.hub().filter(ConfiguredHub::definitions).isPresent()) {
      read.add(Deployments.migration());
    }
    if (!configuration.groups().isEmpty()) {
      read.add(KnownTables.migration());
    }
    return read;
  }

  private static List<Migration> migrations() {
    List<Migration> all = new ArrayList<>(Engine.migrations());
    all.add(Hub.migration());
    all.add(Modules.migration());
    all.add(BatchTasks.migration());
    all.add(Exports.migration());
    all.add(Dispatches.migration());
    all.add(KnownTables.migration());
    all.addAll(Security.migrations());
    all.add(Deployments.migration());
    all.add(AccessControl.migration());
    return all;
  }

  private Lockstep open(Store store) throws InterruptedException {
    String origin = "lockstep-" + Engine.installation(store);
    // Before anything is changed: what modules promised is not given up for a configuration.
    CheckModules.check(configuration, store, clock).forEach(problem -> add("", problem));
    if (!problems.isEmpty()) {
      throw new ConfigurationRefused(problems);
    }
    Optional<Security> security =
        configuration.security().isPresent()
            ? Optional.of(
                Security.open(
                    store,
                    configuration.security().get(),
                    configuration.server().token(),
                    origin,
                    clock))
            : Optional.empty();
    Optional<Hub> hub = Optional.empty();
    if (configuration.hub().isPresent()) {
      hub = hub(store, configuration.hub().get());
    }
    Optional<Definitions> definitions =
        configuration.hub().filter(ConfiguredHub::definitions).isPresent()
            ? hub.flatMap(this::definitions)
            : Optional.empty();
    Optional<Modules> modules = modules(hub, definitions);
    hub.ifPresent(found ->
        systems.add(
            new SystemSpec(
                HubConnection.SYSTEM,
                HubConnection.SYSTEM,
                new HubConnection(found, origin),
                LimitSpec.NONE)));
    Optional<ObjectActions> actions = Optional.empty();
    Optional<FileEntries> files = Optional.empty();
    if (definitions.isPresent()) {
      Path folder = configuration.server().data().resolve(FILES);
      files = Optional.of(FileEntries.open(definitions.get().hub(), folder, clock));
      LeftFiles.remove(definitions.get(), files.get());
      checkNames();
      actions = Optional.of(ObjectActions.open(definitions.get(), means(security), clock));
      systems.add(ActionSync.system(actions.get()));
    } else if (hub.isPresent()) {
      ObjectActions.giveUp(hub.get());
    }
    for (ConfiguredSystem system : configuration.systems()) {
      connect(system, origin);
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationRefused(problems);
    }
    systems.replaceAll(around);
    List<ExpandedGroup> groups = new ExpandGroups(configuration, store).ask(this::connection);
    List<SyncSpec> syncs = new ArrayList<>(configuration.syncs());
    groups.forEach(group -> syncs.addAll(group.syncs()));
    actions.ifPresent(found -> syncs.add(ActionSync.SPEC));
    Engine engine = Engine.open(store, systems, syncs, EngineSettings.DEFAULT, clock, steps);
    // A sync may have waited for just this object.
    definitions.ifPresent(defined -> defined.tell(engine::lookAgain));
    Optional<AccessControl> access =
        hub.isPresent() && security.isPresent()
            ? Optional.of(
                AccessControl.open(
                    hub.get(),
                    definitions,
                    security.get().configured().roles(),
                    security.get().roles()))
            : Optional.empty();
    Optional<OpenBatch> batch =
        definitions.isPresent()
            ? Optional.of(
                batch(
                    definitions.get(), files.orElseThrow(), access, new EngineSyncs(engine, syncs)))
            : Optional.empty();
    // Once, since each call opens others.
    Optional<BatchTasks> tasks =
        batch.isPresent() ? Optional.of(batch.get().tasks()) : Optional.empty();
    return new Lockstep(
        configuration,
        store,
        hub,
        definitions,
        files,
        modules,
        actions,
        tasks,
        batch.isPresent() ? Optional.of(batch.get().exports()) : Optional.empty(),
        batch.map(OpenBatch::dispatches),
        tasks.isPresent()
            ? Optional.of(deployments(store, tasks.get(), security))
            : Optional.empty(),
        security,
        access,
        engine,
        syncs,
        new CheckGroups(groups, this::connection));
  }

  private Deployments deployments(Store store, BatchTasks tasks, Optional<Security> security)
      throws InterruptedException {
    ConfiguredHub.Deploy deploy = configuration.hub().orElseThrow().deploy();
    return Deployments.open(
        store,
        tasks,
        security.map(Security::deployed),
        configuration.server().data(),
        deploy.featureFlags(),
        deploy.watch()
            ? Optional.of(configuration.directory().resolve(deploy.folder()))
            : Optional.empty(),
        clock);
  }

  private OpenBatch batch(
      Definitions definitions, FileEntries files, Optional<AccessControl> access, Syncs syncs) {
    return new OpenBatch(
        definitions,
        files,
        access,
        destinations(),
        syncs,
        configuration.server().data(),
        configuration.hub().orElseThrow().batch(),
        clock);
  }

  private Connection connection(String system) {
    return systems.stream()
        .filter(spec -> spec.name().equals(system))
        .findFirst()
        .orElseThrow()
        .connection();
  }

  private Optional<Hub> hub(Store store, ConfiguredHub hub) throws InterruptedException {
    try {
      return Optional.of(
          Hub.open(store, hub.objects(), new HubSettings(clock, new Random(), hub.retention())));
    } catch (DefinitionRefused e) {
      e.problems().forEach(problem -> add("", problem));
      return Optional.empty();
    }
  }

  private Optional<Definitions> definitions(Hub hub) {
    try {
      return Optional.of(
          Definitions.open(
              hub, clock, destinations(), configuration.hub().flatMap(ConfiguredHub::cipher)));
    } catch (ModelRefused e) {
      e.problems().forEach(problem -> add("hub.definitions", problem));
      return Optional.empty();
    }
  }

  private Means means(Optional<Security> security) {
    return new Means(
        destinations(),
        configuration.hub().flatMap(ConfiguredHub::mail),
        configuration.hub().map(ConfiguredHub::functions).orElse(Map.of()),
        security.<BearerTokens>map(it -> it).orElse(BearerTokens.NONE));
  }

  private Optional<Modules> modules(Optional<Hub> hub, Optional<Definitions> definitions)
      throws InterruptedException {
    if (hub.isEmpty() || !problems.isEmpty()) {
      return Optional.empty();
    }
    try {
      Modules modules =
          Modules.open(hub.get(), configuration.hub().orElseThrow().declared(), clock);
      definitions.ifPresent(defined -> defined.heed(modules::deploy));
      return Optional.of(modules);
    } catch (ModulesRefused e) {
      e.problems().forEach(problem -> add("", problem));
      return Optional.empty();
    }
  }

  private Destinations destinations() {
    return new Destinations(configuration.hub().filter(ConfiguredHub::localNetwork).isPresent());
  }

  /** Actions have a system and a sync of their own, whose names are taken. */
  private void checkNames() {
    String name = ObjectActions.NAME;
    if (configuration.systems().stream().anyMatch(it -> it.name().equals(name))) {
      add("systems." + name, new Problem("", TAKEN, "give the system another name"));
    }
    if (configuration.syncs().stream().anyMatch(it -> it.name().equals(name))) {
      add("syncs." + name, new Problem("", TAKEN, "give the sync another name"));
    }
  }

  private void connect(ConfiguredSystem system, String origin) throws InterruptedException {
    try {
      Connection connection = ConnectSystem.to(system, configuration, origin, clock);
      systems.add(
          new SystemSpec(
              system.name(), system.connector().spec().name(), connection, system.limits()));
    } catch (ConnectorException e) {
      refused("systems." + system.name(), e.failure());
    }
  }

  private void refused(String place, Failure failure) {
    switch (failure) {
      case Failure.Misconfigured(List<Problem> found) ->
          found.forEach(problem -> add(place, problem));
      case Failure.Transient _, Failure.Permanent _, Failure.PositionLost _ ->
          add(
              place,
              new Problem("", failure.message(), "see that it can be reached, and start again"));
    }
  }

  private void add(String place, Problem problem) {
    String path =
        place.isEmpty() || problem.setting().isEmpty()
            ? place + problem.setting()
            : place + "." + problem.setting();
    problems.add(configuration.problem(path, problem.message(), problem.remedy()));
  }
}
