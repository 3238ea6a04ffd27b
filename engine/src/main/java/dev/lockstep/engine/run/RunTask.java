package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.BulkReader.Since;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.engine.delivery.AtOnce;
import dev.lockstep.engine.delivery.Owners;
import dev.lockstep.engine.sync.Guard;
import dev.lockstep.engine.sync.Incremental;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Steps;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;

/**
 * Carries out one run, from the plan or from where a killed process left it.
 *
 * <p>An interrupt leaves the run open: the next start goes on with it. Anything else ends it, in
 * the run's own record.
 */
public final class RunTask {
  // There are few of them and they move whole tables: the hand-over between virtual threads and the
  // carriers, a dozen times a page, would cost more than such threads save.
  private static final ThreadFactory PARTITIONS =
      Thread.ofPlatform().daemon().name("partition-", 0).factory();

  private final Route route;
  private final RunTable table;
  private final InstantSource clock;
  private final Steps steps;
  private final RunProgress progress;
  private Optional<Request> asked = Optional.empty();

  public RunTask(
      Route route, RunTable table, InstantSource clock, Steps steps, RunProgress progress) {
    this.route = route;
    this.table = table;
    this.clock = clock;
    this.steps = steps;
    this.progress = progress;
  }

  /** Plans a run and makes the plan durable. */
  public Run begin(Run.Cause cause, boolean full) throws InterruptedException {
    String sync = route.spec().name();
    BulkReader reader = route.reader().orElseThrow();
    Optional<Since> since = full ? Optional.empty() : since(sync);
    Request request =
        new Request(
            route.source().id(), route.mapper().reads(), since, route.delivery().windowSize());
    List<Partition> partitions = reader.plan(request, route.spec().parallel());
    asked = Optional.of(request);
    Run.Kind kind = since.isPresent() ? Run.Kind.INCREMENTAL : Run.Kind.FULL;
    OptionalLong expected = Expected.ask(reader::estimate, request);
    return table.begin(sync, kind, cause, partitions, expected, clock.instant());
  }

  private Optional<Since> since(String sync) throws InterruptedException {
    if (route.spec().incremental().isEmpty()) {
      return Optional.empty();
    }
    Incremental incremental = route.spec().incremental().get();
    return table
        .high(sync)
        .map(mark -> new Since(incremental.field(), mark.minus(incremental.overlap())));
  }

  /**
   * Goes on with a run that an earlier process left open.
   *
   * @param besideEvents whether changes are followed too: what they touched before the stop is not
   *     known any more, so a mirror could not tell what is new from what is gone and reads again
   *     from the start
   */
  public Run goOn(Run run, boolean besideEvents) throws InterruptedException {
    if (besideEvents && route.spec().mode() == Mode.MIRROR) {
      end(run, new Ending(Run.State.FAILED, 0, "stopped halfway; begun again as a new run"));
      return carryOut(begin(run.cause(), run.kind() == Run.Kind.FULL));
    }
    return carryOut(run);
  }

  /** Carries a run out, or on, to its end. */
  public Run carryOut(Run run) throws InterruptedException {
    long opened = route.precedence().open();
    try {
      return end(run, work(run, opened));
    } catch (ConnectorException e) {
      return end(run, new Ending(Run.State.FAILED, 0, String.valueOf(e.getMessage())));
    } finally {
      route.precedence().close(opened);
    }
  }

  private record Ending(Run.State state, long deleted, String message) {}

  private Ending work(Run run, long opened) throws InterruptedException {
    RunTotals totals = new RunTotals(progress, expected(run), clock, run.startedAt());
    List<RunTable.Part> parts = table.parts(run.id(), route.source().id());
    if (parts.isEmpty()) {
      return read(totals);
    }
    AtOnce.run(
        parts.size(),
        route.spec().parallel(),
        PARTITIONS,
        number ->
            new ReadPartition(route, run, parts.get(number), table, clock, steps, totals).read());
    boolean mirrors = route.spec().mode() == Mode.MIRROR && run.kind() == Run.Kind.FULL;
    return mirrors ? sweep(run, opened, totals) : read(totals);
  }

  private Expected expected(Run run) {
    return new Expected(
        request -> route.reader().orElseThrow().estimate(request),
        asked,
        run.outlook().expected(),
        records -> table.expect(run.id(), records));
  }

  private static Ending read(RunTotals totals) {
    long dead = totals.counts().dead();
    return dead == 0
        ? new Ending(Run.State.DONE, 0, "")
        : new Ending(
            Run.State.PARTIAL,
            0,
            dead == 1 ? "1 record became a dead letter" : dead + " records became dead letters");
  }

  private Ending sweep(Run run, long opened, RunTotals totals) throws InterruptedException {
    if (!route.precedence().isComplete(opened)) {
      return new Ending(
          Run.State.PARTIAL,
          0,
          "deletions held back: more changes came in during the run than are kept in memory; the"
              + " next run tries again");
    }
    table.sweeping(run.id());
    Sweep sweep = new Sweep(route, run, table, totals, opened, clock.instant());
    return switch (sweep.sweep()) {
      case Sweep.Result.Swept(long deleted) ->
          new Ending(read(totals).state(), deleted, read(totals).message());
      case Sweep.Result.HeldBack(String reason) -> new Ending(Run.State.PARTIAL, 0, reason);
    };
  }

  private Run end(Run run, Ending ending) throws InterruptedException {
    table.end(run, ending.state(), ending.deleted(), ending.message(), clock.instant());
    route.delivery().forget(Owners.run(run.id()));
    steps.reached(Steps.Step.RUN_ENDED);
    return table.find(run.id()).orElseThrow();
  }

  /** The route of a run for which a person has allowed every deletion. */
  public static Route allowingDeletes(Route route) {
    return new Route(
        route.spec().withGuard(new Guard(100)),
        route.source(),
        route.target(),
        route.reader(),
        route.targetReader(),
        route.targetLookup(),
        route.mapper(),
        route.delivery(),
        route.precedence(),
        route.keysAtOnce(),
        route.warnings(),
        route.sourceNow());
  }
}
