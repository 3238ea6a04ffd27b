package dev.lockstep.server;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Finding;
import dev.lockstep.engine.SystemSpec;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.AccessControl;
import dev.lockstep.hub.action.ObjectActions;
import dev.lockstep.hub.batch.BatchTasks;
import dev.lockstep.hub.batch.export.Exports;
import dev.lockstep.hub.dispatch.Dispatches;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.module.Modules;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.server.config.ConfigProblem;
import dev.lockstep.server.config.Configuration;
import dev.lockstep.server.config.LoadConfiguration;
import dev.lockstep.server.config.Loaded;
import dev.lockstep.server.deploy.Deployments;
import dev.lockstep.server.security.Security;
import dev.lockstep.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * One Lockstep, put together from its configuration: the store, the hub, the systems and the
 * engine. The one place where parts are wired. Thread-safe.
 *
 * <p>Opened, it can be asked and can carry out single runs; {@link #start} sets the syncs going.
 */
public final class Lockstep implements AutoCloseable {
  private final Configuration configuration;
  private final Store store;
  private final Optional<Hub> hub;
  private final Optional<Definitions> definitions;
  private final Optional<FileEntries> files;
  private final Optional<Modules> modules;
  private final Optional<ObjectActions> actions;
  private final Optional<BatchTasks> batch;
  private final Optional<Exports> exports;
  private final Optional<Dispatches> dispatches;
  private final Optional<Deployments> deployments;
  private final Optional<Security> security;
  private final Optional<AccessControl> access;
  private final Engine engine;
  private final List<SyncSpec> syncs;
  private final CheckGroups groups;
  private final TrimHub trim;
  private final TellTroubles tell;
  private final AtomicBoolean started = new AtomicBoolean();

  Lockstep(
      Configuration configuration,
      Store store,
      Optional<Hub> hub,
      Optional<Definitions> definitions,
      Optional<FileEntries> files,
      Optional<Modules> modules,
      Optional<ObjectActions> actions,
      Optional<BatchTasks> batch,
      Optional<Exports> exports,
      Optional<Dispatches> dispatches,
      Optional<Deployments> deployments,
      Optional<Security> security,
      Optional<AccessControl> access,
      Engine engine,
      List<SyncSpec> syncs,
      CheckGroups groups) {
    this.configuration = configuration;
    this.store = store;
    this.hub = hub;
    this.definitions = definitions;
    this.files = files;
    this.modules = modules;
    this.actions = actions;
    this.batch = batch;
    this.exports = exports;
    this.dispatches = dispatches;
    this.deployments = deployments;
    this.security = security;
    this.access = access;
    this.engine = engine;
    this.syncs = List.copyOf(syncs);
    this.groups = groups;
    this.trim = new TrimHub(hub, batch, exports, dispatches);
    this.tell = new TellTroubles(engine, InstantSource.system());
  }

  /**
   * Reads and checks a configuration; calls no system and opens nothing.
   *
   * @param path a folder with a {@code lockstep.yaml}, or such a file under any name
   */
  public static Loaded load(Path path) {
    return new LoadConfiguration(
            LoadConfiguration.installedConnectors(),
            System.getenv(),
            InstantSource.system().instant())
        .load(path);
  }

  /**
   * Loads and opens.
   *
   * @throws ConfigurationRefused with everything that is wrong
   */
  public static Lockstep open(Path path) throws InterruptedException {
    return switch (load(path)) {
      case Loaded.Valid(Configuration configuration) -> open(configuration);
      case Loaded.Invalid(var problems) -> throw new ConfigurationRefused(problems);
    };
  }

  /**
   * What clients of modules a configuration would break, by what its store says was deployed; also
   * beside a server that runs on that store. Nothing is changed.
   */
  public static List<ConfigProblem> brokenModules(Configuration configuration)
      throws InterruptedException {
    return CheckModules.beside(configuration, Clock.systemUTC());
  }

  /** Opens with the machine's clock. */
  public static Lockstep open(Configuration configuration) throws InterruptedException {
    return open(configuration, Clock.systemUTC(), Steps.NONE);
  }

  /**
   * Opens the store in the data folder, the hub if there is one, a connection to every system, and
   * the engine. Connectors that can do so connect later, so a system that is down does not keep the
   * others from starting.
   *
   * @param steps is told of every step; does nothing outside simulations
   * @throws ConfigurationRefused when a connector refuses its settings, or the hub's objects would
   *     lose what their entries hold; nothing is left open
   * @throws dev.lockstep.store.StoreException when the store cannot be opened; nothing is left open
   */
  public static Lockstep open(Configuration configuration, InstantSource clock, Steps steps)
      throws InterruptedException {
    return open(configuration, clock, steps, UnaryOperator.identity());
  }

  /**
   * The same, with a hand on every system before the engine is given it: a simulation stands
   * between the two and loses what a careless engine would lose.
   *
   * @param around answers the system to be used; closing its connection must close the one within
   */
  public static Lockstep open(
      Configuration configuration,
      InstantSource clock,
      Steps steps,
      UnaryOperator<SystemSpec> around)
      throws InterruptedException {
    return new OpenLockstep(configuration, clock, steps, around).open();
  }

  /** Sets every sync going. Called at most once. */
  public void start() {
    engine.start();
    if (!started.getAndSet(true)) {
      batch.ifPresent(BatchTasks::start);
      deployments.ifPresent(Deployments::start);
    }
    exports.ifPresent(Exports::start);
    dispatches.ifPresent(Dispatches::start);
    trim.start();
    tell.start();
  }

  /** Sets going only what carries out client extensions, unless everything goes already. */
  public void startDeployments() {
    if (!started.getAndSet(true)) {
      batch.ifPresent(BatchTasks::start);
      deployments.ifPresent(Deployments::startUnwatched);
    }
  }

  public Configuration configuration() {
    return configuration;
  }

  public Engine engine() {
    return engine;
  }

  /** Empty when the configuration has no hub. */
  public Optional<Hub> hub() {
    return hub;
  }

  /** What objects are defined while it runs; empty when the configuration does not want that. */
  public Optional<Definitions> definitions() {
    return definitions;
  }

  /** The files of entries of defined objects; empty where there are no definitions. */
  public Optional<FileEntries> files() {
    return files;
  }

  /** What is served in versions; empty where there is no hub. */
  public Optional<Modules> modules() {
    return modules;
  }

  /** What carries out the actions of objects; empty where there are no definitions. */
  public Optional<ObjectActions> actions() {
    return actions;
  }

  /** Imports of many items; empty where there are no definitions. */
  public Optional<BatchTasks> batch() {
    return batch;
  }

  /** Exports of many items; empty where there are no definitions. */
  public Optional<Exports> exports() {
    return exports;
  }

  /** Schedules over the API; empty where there are no definitions. */
  public Optional<Dispatches> dispatches() {
    return dispatches;
  }

  /** Client extensions; empty where there are no definitions. */
  public Optional<Deployments> deployments() {
    return deployments;
  }

  /** Whether a system or sync of that name is shown: what carries out actions only if there are. */
  public boolean shows(String name) {
    return !name.equals(ObjectActions.NAME)
        || actions.filter(ObjectActions::isAnyActive).isPresent();
  }

  /** Who may call; empty when the configuration does not say. */
  public Optional<Security> security() {
    return security;
  }

  /** Who may do what with objects; empty where there is no hub, or everybody may do everything. */
  public Optional<AccessControl> access() {
    return access;
  }

  public Store store() {
    return store;
  }

  /** Every sync; that of a whole schema is as many as the schema has tables. */
  public List<SyncSpec> syncs() {
    return syncs;
  }

  /** Checks every system and sync against what is there; errors and warnings, all at once. */
  public List<Finding> check() throws InterruptedException {
    List<Finding> findings = new ArrayList<>(engine.check());
    findings.addAll(groups.check());
    return findings;
  }

  /** Words what {@link #check} found with its place in the file. */
  public ConfigProblem located(Finding finding) {
    String setting = finding.problem().setting();
    return configuration.problem(
        setting.isEmpty() ? finding.place() : finding.place() + "." + setting,
        finding.problem().message(),
        finding.problem().remedy());
  }

  /** Stops every sync where it stands, and closes the systems and the store. */
  @Override
  public void close() {
    try {
      tell.close();
      trim.close();
      dispatches.ifPresent(Dispatches::close);
      deployments.ifPresent(Deployments::close);
      batch.ifPresent(BatchTasks::close);
      exports.ifPresent(Exports::close);
      engine.close();
    } finally {
      store.close();
    }
  }
}
