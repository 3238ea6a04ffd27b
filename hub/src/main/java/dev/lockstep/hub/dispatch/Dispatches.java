package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.batch.Asker;
import dev.lockstep.hub.batch.ItemHandlers;
import dev.lockstep.hub.batch.export.Exports;
import dev.lockstep.hub.dispatch.Run.Cause;
import dev.lockstep.hub.dispatch.Run.Origin;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.store.Migration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Triggers that order work when they are due, and the log of their runs. Thread-safe. A due time is
 * answered once, by a run or by a note why there is none, whatever is killed meanwhile; of several
 * that passed unseen one run is made.
 */
public final class Dispatches implements AutoCloseable {
  private final Hub hub;
  private final InstantSource clock;
  private final DispatchSettings settings;
  private final Triggers triggers;
  private final OrderRun order;
  private final KeepTime time;

  /**
   * Takes part in a hub; {@link #start} sets it going.
   *
   * @param exports carries out exports; asked for once everything is open
   * @param accesses looks up what who saved a trigger may do
   */
  public Dispatches(
      Definitions definitions,
      Timetables timetables,
      Syncs syncs,
      Supplier<Exports> exports,
      Asker.Accesses accesses,
      InstantSource clock,
      DispatchSettings settings) {
    this.hub = definitions.hub();
    this.clock = clock;
    this.settings = settings;
    Map<String, Executor> byType = new LinkedHashMap<>();
    byType.put(Executors.EXPORT, new StartExport(exports));
    byType.put(Executors.SYNC, new RunSync(syncs));
    byType.put(Executors.ACTION, new AskForAction(definitions));
    Executors executors = new Executors(byType);
    this.order = new OrderRun(hub, executors, accesses, settings);
    this.time =
        new KeepTime(hub, executors, new FireDue(hub, timetables, order, clock), clock, settings);
    this.triggers = new Triggers(hub, timetables, executors, clock, time::wake);
  }

  /** The tables that a store needs for triggers. */
  public static Migration migration() {
    return DispatchTables.MIGRATION;
  }

  /** Goes on with every run under way, and looks at the clock. Called at most once. */
  public void start() {
    time.start();
  }

  /** What triggers are as items of imports and exports. */
  public ItemHandlers.Family family() {
    return (className, delegate) ->
        className.equals(TriggerItems.CLASS_NAME)
            ? Optional.of(new TriggerItems(hub, triggers))
            : Optional.empty();
  }

  Triggers triggers() {
    return triggers;
  }

  /** Has a trigger run now, by its author's rights. */
  Run run(Trigger trigger, Access access) throws InterruptedException {
    Run run =
        order.asked(
            new OrderRun.Wanted(
                trigger,
                new Origin(Cause.REQUEST, access.author().who()),
                Optional.empty(),
                clock.instant(),
                ""));
    time.wake();
    return run;
  }

  Optional<Run> find(long run) throws InterruptedException {
    return hub.read(tx -> RunTable.find(tx, run));
  }

  /** A page of runs, the newest first, and how many there are. */
  record Log(List<Run> runs, long total) {}

  Log log(Trigger trigger, int limit, long offset) throws InterruptedException {
    return hub.read(tx ->
        new Log(RunTable.list(tx, trigger.id(), limit, offset), RunTable.count(tx, trigger.id())));
  }

  /** Forgets runs that are old, or more than are kept of one trigger; answers how many. */
  public int trim() throws InterruptedException {
    Instant before = clock.instant().minus(settings.retention());
    int trimmed = hub.note(tx -> RunTable.trim(tx, before));
    for (long trigger : hub.read(TriggerTable::ids)) {
      trimmed += hub.note(tx -> RunTable.trim(tx, trigger, settings.mostKept()));
    }
    return trimmed;
  }

  /** Stops looking at the clock; runs go on at the next start. */
  @Override
  public void close() {
    time.close();
  }
}
