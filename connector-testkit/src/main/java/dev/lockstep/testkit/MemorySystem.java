package dev.lockstep.testkit;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.connector.Writer.Ability;
import dev.lockstep.connector.Writer.Many;
import dev.lockstep.connector.Writer.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A system of records held in this process, shared by name. A test changes it behind the
 * connector's back, scripts its {@link #faults}, chooses what its writer can do, and reads what was
 * written to it. Thread-safe.
 */
public final class MemorySystem {
  private static final ConcurrentMap<String, MemorySystem> SYSTEMS = new ConcurrentHashMap<>();

  final ReentrantLock lock = new ReentrantLock();
  final Condition changed = lock.newCondition();
  final ChangeLog log = new ChangeLog();
  final Map<DatasetId, Map<String, String>> ledgers = new TreeMap<>();
  final Map<String, List<Outcome>> seenBatches = new ConcurrentHashMap<>();

  private final String name;
  private final Faults faults = new Faults();
  private final Map<DatasetId, MemoryDataset> datasets = new TreeMap<>();
  private final List<RecordedWrite> writes = new ArrayList<>();
  private final ConcurrentMap<Call, Long> calls = new ConcurrentHashMap<>();
  private volatile Set<Ability> abilities = EnumSet.allOf(Ability.class);
  private volatile boolean beforeImages = true;
  private volatile boolean transacts = true;
  private volatile boolean replays;
  private volatile boolean recording = true;
  private volatile InstantSource clock = InstantSource.system();
  private volatile Limits limits = Limits.batches(1000);
  private volatile Optional<Many> many = Optional.empty();
  private volatile int retention = Integer.MAX_VALUE;
  private long transactions;

  private MemorySystem(String name) {
    this.name = name;
  }

  /** The system of that name, made empty when there is none yet. */
  public static MemorySystem named(String name) {
    return SYSTEMS.computeIfAbsent(name, MemorySystem::new);
  }

  /** A new, empty system in the place of any of that name. */
  public static MemorySystem fresh(String name) {
    MemorySystem system = new MemorySystem(name);
    SYSTEMS.put(name, system);
    return system;
  }

  /** Drops the system of that name. */
  public static void drop(String name) {
    SYSTEMS.remove(name);
  }

  public String name() {
    return name;
  }

  /** A connection whose writes carry this origin. */
  public Connection connect(String origin) {
    return new MemoryConnection(this, origin);
  }

  public Faults faults() {
    return faults;
  }

  /** What the writer can do from now on; all abilities unless told otherwise. */
  public MemorySystem abilities(Collection<Ability> some) {
    abilities = some.isEmpty() ? EnumSet.noneOf(Ability.class) : EnumSet.copyOf(some);
    return this;
  }

  /** All abilities except these. */
  public MemorySystem without(Ability... some) {
    EnumSet<Ability> rest = EnumSet.allOf(Ability.class);
    rest.removeAll(List.of(some));
    return abilities(rest);
  }

  public Set<Ability> abilities() {
    return Set.copyOf(abilities);
  }

  /** Whether the writer has transactions over several datasets; it has unless told otherwise. */
  public MemorySystem transacts(boolean wanted) {
    transacts = wanted;
    return this;
  }

  public boolean transacts() {
    return transacts;
  }

  public MemorySystem limits(Limits limits) {
    this.limits = limits;
    return this;
  }

  public Limits limits() {
    return limits;
  }

  /** Has the writer take large batches; it does not unless told so. */
  public MemorySystem many(Many wanted) {
    many = Optional.of(wanted);
    return this;
  }

  Optional<Many> many() {
    return many;
  }

  /** The time that changes are marked with. */
  public MemorySystem clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  /** Whether the change feed says that it can be read again; not unless told so. */
  public MemorySystem replays(boolean wanted) {
    replays = wanted;
    return this;
  }

  boolean replays() {
    return replays;
  }

  /** Whether changes carry the record's earlier state; they do unless told otherwise. */
  public MemorySystem beforeImages(boolean wanted) {
    beforeImages = wanted;
    return this;
  }

  /** Whether {@link #writes} grows; switched off by tests that write millions. */
  public MemorySystem recording(boolean wanted) {
    recording = wanted;
    return this;
  }

  /**
   * Keeps no more than this many changes, acknowledged or not, so that a slow reader loses its
   * position.
   */
  public MemorySystem retain(int most) {
    return locked(() -> {
      retention = most;
      log.dropThrough(log.last() - most);
      return this;
    });
  }

  /** Keeps changes after their acknowledgement, as a topic does and a replication slot does not. */
  public MemorySystem keepAcknowledged() {
    return locked(() -> {
      log.keepAcknowledged();
      return this;
    });
  }

  /** Drops every change so far, so that all earlier positions are lost. */
  public void loseChanges() {
    locked(() -> {
      log.dropThrough(log.last());
      return log;
    });
  }

  /** Loses every ledger entry, as a target does that is restored from an old backup. */
  public void forgetLedgers() {
    lock.lock();
    try {
      ledgers.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Creates a dataset, or empties the one of that name. */
  public MemorySystem create(Dataset dataset) {
    return locked(() -> {
      datasets.put(dataset.id(), new MemoryDataset(dataset));
      return this;
    });
  }

  /** Gives a dataset other fields, as an ALTER TABLE does; its records stay. */
  public MemorySystem reshape(Dataset dataset) {
    return locked(() -> {
      dataset(dataset.id()).reshape(dataset);
      return this;
    });
  }

  /** Puts records in one transaction, behind the connector's back. */
  public MemorySystem put(String dataset, Row... rows) {
    return commit(transaction -> transaction.put(dataset, rows));
  }

  /** Removes records in one transaction, behind the connector's back. */
  public MemorySystem remove(String dataset, Key... keys) {
    return commit(transaction -> transaction.remove(dataset, keys));
  }

  /** Makes several changes in one transaction, behind the connector's back. */
  public MemorySystem commit(Consumer<MemoryTransaction> work) {
    return locked(() -> {
      MemoryTransaction transaction = begin(Optional.empty());
      work.accept(transaction);
      commit(transaction);
      return this;
    });
  }

  /** Adds something that cannot be read as a record, to the dataset and to the change feed. */
  public MemorySystem garble(String dataset, Unreadable record) {
    return locked(() -> {
      MemoryDataset target = dataset(new DatasetId(dataset));
      target.appendBroken(record);
      append(List.of(new Change.Garbled(target.shape().id(), record, mark(Optional.empty()))));
      return this;
    });
  }

  /** The records of a dataset as they stand, in the order of their creation. */
  public List<Row> rows(String dataset) {
    return locked(() -> dataset(new DatasetId(dataset)).rows());
  }

  public Optional<Row> row(String dataset, Key key) {
    return locked(() -> dataset(new DatasetId(dataset)).find(key));
  }

  public List<Dataset> datasets() {
    return locked(() -> datasets.values().stream().map(MemoryDataset::shape).toList());
  }

  /** Every write so far, in the order of their application. */
  public List<RecordedWrite> writes() {
    return locked(() -> List.copyOf(writes));
  }

  /** How often this kind of call was made, faults included. */
  public long calls(Call call) {
    return calls.getOrDefault(call, 0L);
  }

  /** What each subscription has acknowledged. */
  public Map<String, Position> acknowledged() {
    return locked(log::acknowledged);
  }

  /** Where the change feed stands now. */
  public Position now() {
    return locked(() -> ChangeLog.position(log.last()));
  }

  /** Counts a call and lets a scripted fault happen; true when the answer is to be lost. */
  boolean enter(Call call) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    calls.merge(call, 1L, Long::sum);
    Optional<Fault> fault = faults.take(call);
    if (fault.isEmpty()) {
      return false;
    }
    return switch (fault.get()) {
      case Fault.Fails(Failure failure) -> throw new ConnectorException(failure);
      case Fault.LosesPosition() ->
          throw new ConnectorException(
              new Failure.PositionLost(
                  now(), "scripted: the position is lost; read in bulk again"));
      case Fault.Hangs() -> {
        faults.hang();
        yield false;
      }
      case Fault.AnswerLost() -> true;
    };
  }

  MemoryDataset dataset(DatasetId id) {
    MemoryDataset dataset = datasets.get(id);
    if (dataset == null) {
      throw new ConnectorException(
          new Failure.Permanent(
              "there is no dataset '" + id + "' in '" + name + "', only " + datasets.keySet()));
    }
    return dataset;
  }

  Optional<MemoryDataset> find(DatasetId id) {
    return Optional.ofNullable(datasets.get(id));
  }

  MemoryTransaction begin(Optional<String> origin) {
    transactions++;
    return new MemoryTransaction(this::dataset, mark(origin), beforeImages);
  }

  void commit(MemoryTransaction transaction) {
    append(transaction.changes());
  }

  void record(RecordedWrite write) {
    if (recording) {
      writes.add(write);
    }
  }

  <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private void append(List<Change> changes) {
    log.append(changes);
    if (retention < Integer.MAX_VALUE) {
      log.dropThrough(log.last() - retention);
    }
    changed.signalAll();
  }

  private Change.Mark mark(Optional<String> origin) {
    return new Change.Mark(
        clock.instant(), Optional.empty(), Optional.of("t" + transactions), origin);
  }
}
