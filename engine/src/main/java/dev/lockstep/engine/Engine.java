package dev.lockstep.engine;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Receiver;
import dev.lockstep.connector.Writer;
import dev.lockstep.engine.capture.Capture;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.engine.delivery.Letters;
import dev.lockstep.engine.delivery.Tables;
import dev.lockstep.engine.direct.DirectGroup;
import dev.lockstep.engine.direct.DirectGroups;
import dev.lockstep.engine.direct.DirectTable;
import dev.lockstep.engine.journal.Journal;
import dev.lockstep.engine.limit.BudgetTables;
import dev.lockstep.engine.plan.Planned;
import dev.lockstep.engine.plan.SystemLoad;
import dev.lockstep.engine.run.Difference;
import dev.lockstep.engine.run.DryRun;
import dev.lockstep.engine.run.FirstLoad;
import dev.lockstep.engine.run.Remap;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.engine.run.RunTable;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.engine.sync.Trouble;
import dev.lockstep.engine.sync.TwoWay;
import dev.lockstep.engine.twoway.TwoWayTables;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engine: keeps the syncs of one configuration going, and answers for them. Thread-safe.
 *
 * <p>Opened, it can be asked and can carry out single runs; {@link #start} sets the syncs going.
 * Methods that speak of a sync throw {@link UnknownSync} when there is none of that name.
 */
public final class Engine implements AutoCloseable {
  private static final Duration TOLD_AGAIN = Duration.ofSeconds(2);

  private final EngineParts parts;
  private final SequencedMap<String, RunningSystem> systems;
  private final SequencedMap<String, SyncWorker> workers = new LinkedHashMap<>();
  private final Map<String, KeepEqual> equal = new LinkedHashMap<>();
  private final Strategies strategies;
  private final Captures captures;
  private final Letters letters;
  private final List<Thread> threads = new ArrayList<>();

  private Engine(
      EngineParts parts, SequencedMap<String, RunningSystem> systems, List<SyncSpec> syncs)
      throws InterruptedException {
    this.parts = parts;
    this.systems = systems;
    this.letters = new Letters(parts.store());
    this.strategies = Strategies.of(parts, systems, syncs);
    this.captures = new Captures(parts, systems, syncs, strategies);
    for (SyncSpec spec : syncs) {
      workers.put(spec.name(), worker(spec));
    }
  }

  private SyncWorker worker(SyncSpec spec) {
    RunningSystem from = systems.get(spec.from().system());
    RunningSystem to = systems.get(spec.to().system());
    if (from == null || to == null) {
      throw new IllegalArgumentException("sync " + spec.name() + " names a system that is missing");
    }
    Strategy strategy = strategies.chosen(spec.name());
    Optional<DirectGroups> direct = captures.directOf(spec, strategy);
    return new SyncWorker(
        parts,
        spec,
        strategy,
        strategies.schedule(spec),
        strategies.refusal(spec.name()),
        new PrepareRoute(parts, spec, from, to, direct.isPresent()),
        captures.of(spec, strategy).orElse(null),
        direct.orElse(null),
        spec.twoWay()
            .map(rules ->
                equal.computeIfAbsent(rules.name(), name -> new KeepEqual(parts, rules, workers)))
            .orElse(null));
  }

  /** The two-way syncs, for people who decide what they cannot. */
  public TwoWaySyncs twoWay() {
    return new TwoWaySyncs(parts.store(), equal);
  }

  /** The tables the engine needs in its store. */
  public static List<Migration> migrations() {
    return List.of(
        Journal.migration(),
        Tables.migration(),
        RunTable.migration(),
        SyncTable.migration(),
        DirectTable.migration(),
        Installation.migration(),
        BudgetTables.MIGRATION,
        TwoWayTables.migration());
  }

  /** The name of the installation that keeps its state in this store; made once, never changed. */
  public static String installation(Store store) throws InterruptedException {
    return Installation.of(store);
  }

  /**
   * Opens an engine; no system is called yet.
   *
   * @param systems the systems that syncs name; closed with the engine
   */
  public static Engine open(
      Store store,
      List<SystemSpec> systems,
      List<SyncSpec> syncs,
      EngineSettings settings,
      InstantSource clock,
      Steps steps)
      throws InterruptedException {
    EngineParts parts =
        new EngineParts(
            store,
            new Journal(store),
            new RunTable(store),
            new SyncTable(store),
            clock,
            new Random(),
            steps,
            settings,
            Installation.of(store));
    SequencedMap<String, RunningSystem> running = new LinkedHashMap<>();
    for (SystemSpec system : systems) {
      running.put(system.name(), RunningSystem.open(system, parts));
    }
    return new Engine(parts, running, syncs);
  }

  /** Sets every sync going. Called at most once. */
  public void start() {
    for (Capture capture : captures.all()) {
      threads.add(Thread.ofVirtual().name("capture " + capture.name()).start(capture));
    }
    for (DirectGroups groups : captures.direct()) {
      for (DirectGroup group : groups.groups()) {
        threads.add(Thread.ofVirtual().name("direct " + group.name()).start(group));
      }
      threads.add(Thread.ofVirtual().name("join groups").start(groups));
    }
    for (SyncWorker worker : workers.values()) {
      threads.add(Thread.ofVirtual().name("sync " + worker.spec().name()).start(worker));
    }
    threads.add(
        Thread.ofVirtual().name("watch retained").start(new WatchRetained(systems, captures)));
    threads.add(
        Thread.ofVirtual()
            .name("trim journal")
            .start(new TrimJournal(parts, captures.all(), workers.values())));
  }

  /** How every sync stands, in the configuration's order. */
  public List<SyncStatus> syncs() throws InterruptedException {
    List<SyncStatus> all = new ArrayList<>();
    for (SyncWorker worker : workers.values()) {
      all.add(status(worker));
    }
    return all;
  }

  public SyncStatus sync(String name) throws InterruptedException {
    return status(worker(name));
  }

  private SyncStatus status(SyncWorker worker) throws InterruptedException {
    RunningSystem target = Objects.requireNonNull(systems.get(worker.spec().to().system()));
    return new ReadStatus(parts, worker, target).read();
  }

  /** What went wrong with syncs and keeps systems from being called; asks nobody. */
  public Set<Trouble> troubles() {
    Set<Trouble> all = new LinkedHashSet<>();
    systems.values().forEach(system -> system.trouble().ifPresent(all::add));
    workers.values().forEach(worker -> worker.trouble().ifPresent(all::add));
    return all;
  }

  /** Has every sync that waits with something try again at once: what it needs may be there now. */
  public void lookAgain() {
    workers.values().forEach(SyncWorker::lookAgain);
  }

  /** How every system stands, in the configuration's order. */
  public List<SystemStatus> systems() {
    return systems.values().stream().map(RunningSystem::status).toList();
  }

  /** Who takes what a system sends by itself; empty for an unknown system as well. */
  public Optional<Receiver> receiver(String system) {
    return Optional.ofNullable(systems.get(system))
        .flatMap(it -> it.connection(Optional.empty()).receiver());
  }

  /** Checks every system and sync against what is there; errors and warnings, all at once. */
  public List<Finding> check() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (RunningSystem system : systems.values()) {
      for (Problem problem : system.check()) {
        findings.add(new Finding("systems." + system.name(), problem, true));
      }
    }
    findings.addAll(captures.check());
    for (SyncWorker worker : workers.values()) {
      findings.addAll(worker.check());
    }
    return findings;
  }

  /** The plan of every sync: its strategy, and why; or why it cannot work as declared. */
  public List<Planned> plans() {
    return strategies.plans();
  }

  /**
   * How the first load of a sync goes as both systems are now; empty where neither hands records on
   * as bytes, and for a sync that cannot work as declared.
   */
  public Optional<FirstLoad> firstLoad(String sync) throws InterruptedException {
    return worker(sync).firstLoad();
  }

  /** What all syncs together are expected to ask of each system. */
  public List<SystemLoad> loads() {
    return strategies.loads();
  }

  /** The datasets of a system; throws {@link UnknownSync} when there is no such system. */
  public List<Dataset> discover(String system) throws InterruptedException {
    RunningSystem found = systems.get(system);
    if (found == null) {
      throw new UnknownSync("system", system, systems.keySet());
    }
    return found.connection(Optional.empty()).discover();
  }

  /**
   * Carries out a run now and returns when it has ended; waits for a run of the same sync that is
   * going on. Throws {@link ConnectorException} when the systems cannot be reached.
   */
  public Run run(String sync, RunRequest request, RunProgress progress)
      throws InterruptedException {
    return worker(sync).runNow(request, progress);
  }

  /** Tells what a full run would change, and changes nothing. */
  public DryRun.Summary dryRun(String sync, Consumer<Difference> found)
      throws InterruptedException {
    Route route = worker(sync).route();
    return new DryRun(route, route.targetLookup().orElseThrow(() -> unreadable(route)), found)
        .compare();
  }

  private static ConnectorException unreadable(Route route) {
    return new ConnectorException(
        new Failure.Misconfigured(
            List.of(
                new Problem(
                    "syncs." + route.spec().name() + ".to",
                    route.spec().to() + " cannot be read by key, so a dry run cannot compare",
                    "describe how one record is read there"))));
  }

  /** Past and present runs, newest first; of one sync if named. */
  public List<Run> runs(@Nullable String sync, int limit) throws InterruptedException {
    return parts.runs().list(sync, limit);
  }

  /** Dead letters after an id, oldest first; of one sync if named, of one state if given. */
  public List<Letter> letters(
      @Nullable String sync, Letter.@Nullable State state, long after, int limit)
      throws InterruptedException {
    return letters.list(sync, state, after, limit);
  }

  public Optional<Letter> letter(long id) throws InterruptedException {
    return letters.find(id);
  }

  /** Sends an open dead letter again, alone, after what is under way for its sync. */
  public Delivery.Replayed replay(Letter letter) throws InterruptedException {
    SyncWorker worker = worker(letter.sync());
    Optional<TwoWay> rules = worker.spec().twoWay();
    if (rules.isPresent()) {
      return Objects.requireNonNull(equal.get(rules.get().name())).again(worker.spec(), letter);
    }
    Route route = worker.route();
    return route.precedence().alone(() -> route.delivery().replay(letter, new Remap(route)));
  }

  /** Gives an open dead letter up; its change stays counted as dead. False when it is not open. */
  public boolean discard(Letter letter) throws InterruptedException {
    return letters.discard(letter);
  }

  /**
   * The way of one record. The key is written as the source prints it, parts joined by {@code |}.
   * What cannot be seen because a system is away is said in the trace's note.
   */
  public Trace trace(String sync, String key) throws InterruptedException {
    SyncSpec spec = worker(sync).spec();
    Reach reach =
        system -> Objects.requireNonNull(systems.get(system), system).connection(spec.freshness());
    return new ReadTrace(parts.store(), spec, reach).trace(key);
  }

  /**
   * The syncs that the sync of a whole schema stands for, in the order in which they must be run so
   * that references between the targets hold; empty when there is none of that name.
   */
  public List<String> group(String name) throws InterruptedException {
    List<SyncSpec> members =
        workers.values().stream()
            .map(SyncWorker::spec)
            .filter(spec -> spec.group().filter(name::equals).isPresent())
            .toList();
    if (members.isEmpty()) {
      return List.of();
    }
    String target = members.getFirst().to().system();
    Map<DatasetId, String> byTarget = new LinkedHashMap<>();
    members.forEach(spec -> byTarget.put(spec.to().dataset(), spec.name()));
    List<DatasetId> datasets = List.copyOf(byTarget.keySet());
    Optional<Writer> writer =
        Objects.requireNonNull(systems.get(target)).connection(Optional.empty()).writer();
    List<DatasetId> ordered =
        writer.isPresent() ? writer.get().inOrderOfReference(datasets) : datasets;
    return ordered.stream().map(byTarget::get).toList();
  }

  private SyncWorker worker(String name) {
    SyncWorker worker = workers.get(name);
    if (worker == null) {
      throw new UnknownSync("sync", name, workers.keySet());
    }
    return worker;
  }

  /**
   * Stops every sync where it stands and closes the systems; what was under way goes on at the next
   * start.
   */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= joinFully(thread);
    }
    systems.values().forEach(RunningSystem::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a thread whatever happens; true when the caller was interrupted meanwhile. */
  private static boolean joinFully(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        if (!thread.join(TOLD_AGAIN)) {
          // A driver that failed at this very moment may have kept the interrupt for itself.
          thread.interrupt();
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }
}
