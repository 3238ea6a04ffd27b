package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.BulkReader.Since;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.FormBytes;
import dev.lockstep.connector.FormReader.FormRead;
import dev.lockstep.connector.FormWriter.Gone;
import dev.lockstep.connector.Position;
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

  private static final int MOST_FAILURES = 8;

  private final Route route;
  private final RunTable table;
  private final InstantSource clock;
  private final Steps steps;
  private final RunProgress progress;
  private final Beside beside;
  private Optional<Request> asked = Optional.empty();
  private Optional<Begun> begun = Optional.empty();

  /** A run that began here, and nothing of which was delivered before. */
  private record Begun(long run, Way way) {}

  /** How changes are delivered besides. */
  public enum Beside {
    NOTHING,
    JOURNAL,
    /**
     * Without a journal. Then the first read is one of a moment that several syncs share: where
     * that is lost it is left open, to be gone on with at the next.
     */
    DIRECT
  }

  /**
   * @param beside how the sync follows changes, too
   */
  public RunTask(
      Route route,
      RunTable table,
      InstantSource clock,
      Steps steps,
      RunProgress progress,
      Beside beside) {
    this.route = route;
    this.table = table;
    this.clock = clock;
    this.steps = steps;
    this.progress = progress;
    this.beside = beside;
  }

  /** Plans a run and makes the plan durable. */
  public Run begin(Run.Cause cause, boolean full) throws InterruptedException {
    String sync = route.spec().name();
    BulkReader reader = route.reader().orElseThrow();
    Optional<Since> since = full ? Optional.empty() : since(sync);
    Request request =
        new Request(
            route.source().id(), route.mapper().reads(), since, route.delivery().windowSize());
    Way way =
        since.isPresent()
            ? new Way.Rows("only what is new is read")
            : Way.begin(route, beside != Beside.NOTHING && cause != Run.Cause.INITIAL);
    List<Partition> partitions =
        switch (way) {
          case Way.InPieces pieces -> pieces.reader().plan(route.source().id());
          case Way.Rows rows -> reader.plan(request, route.spec().parallel());
        };
    asked = Optional.of(request);
    Run.Kind kind = since.isPresent() ? Run.Kind.INCREMENTAL : Run.Kind.FULL;
    OptionalLong expected = Expected.ask(reader::estimate, request);
    boolean inPieces = way instanceof Way.InPieces;
    Run run =
        table.begin(
            sync, kind, cause, reason(way), inPieces, partitions, expected, clock.instant());
    begun = Optional.of(new Begun(run.id(), way));
    return run;
  }

  private static Optional<String> reason(Way way) {
    return switch (way) {
      case Way.Bytes bytes -> Optional.empty();
      case Way.Mapped mapped -> Optional.of(mapped.reason());
      case Way.Rows(String why) -> Optional.of(why);
    };
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
   * Goes on with a run that an earlier process left open. Beside changes a mirror reads again from
   * the start: what they touched before the stop is not known any more, so it could not tell what
   * is new from what is gone.
   */
  public Run goOn(Run run) throws InterruptedException {
    return beside != Beside.NOTHING && route.spec().mode() == Mode.MIRROR
        ? beginAgain(run, "stopped halfway")
        : carryOut(run);
  }

  /** Ends a run that an earlier process left open; another is to be begun in its place. */
  public void giveUp(Run run) throws InterruptedException {
    giveUp(run, "stopped halfway");
  }

  private void giveUp(Run run, String why) throws InterruptedException {
    end(run, new Ending(Run.State.FAILED, 0, why + "; begun again as a new run"));
  }

  private Run beginAgain(Run run, String why) throws InterruptedException {
    giveUp(run, why);
    return carryOut(begin(run.cause(), run.kind() == Run.Kind.FULL));
  }

  /** Carries a run out, or on, to its end. */
  public Run carryOut(Run run) throws InterruptedException {
    long opened = route.precedence().open();
    try {
      return end(run, work(run, opened));
    } catch (ConnectorException e) {
      if (e.failure() instanceof Failure.Transient && sharesMoment(run)) {
        throw e;
      }
      if (e.failure() instanceof Failure.PositionLost lost && table.isInPieces(run.id())) {
        return beginAgain(run, lost.message());
      }
      return end(run, new Ending(Run.State.FAILED, 0, String.valueOf(e.getMessage())));
    } finally {
      route.precedence().close(opened);
    }
  }

  private boolean sharesMoment(Run run) {
    return beside == Beside.DIRECT && run.cause() == Run.Cause.INITIAL;
  }

  /** Who shares a moment must first see whether it is still there. */
  private int mostFailures(Run run) {
    return sharesMoment(run) ? 0 : MOST_FAILURES;
  }

  private record Ending(Run.State state, long deleted, String message) {}

  private Ending work(Run run, long opened) throws InterruptedException {
    RunTotals totals = new RunTotals(progress, expected(run), clock, run.startedAt());
    List<RunTable.Part> parts = table.parts(run.id(), route.source().id());
    if (parts.isEmpty()) {
      return read(totals);
    }
    boolean mirrors = route.spec().mode() == Mode.MIRROR && run.kind() == Run.Kind.FULL;
    if (table.isInPieces(run.id())) {
      Way.InPieces way = inPieces(run);
      return passing(run, way, parts, totals)
          .read(read ->
              mirrors && way instanceof Way.Bytes bytes
                  ? sweep(run, opened, totals, gone -> missing(bytes, read, gone))
                  : read(totals));
    }
    AtOnce.run(
        parts.size(),
        route.spec().parallel(),
        PARTITIONS,
        number ->
            new ReadPartition(route, run, parts.get(number), table, clock, steps, totals)
                .read(mostFailures(run)));
    return mirrors
        ? sweep(run, opened, totals, gone -> new FindGone(route, table.seen(run.id())).find(gone))
        : read(totals);
  }

  /** The way of a run that was begun in pieces; it cannot go on in another. */
  private Way.InPieces inPieces(Run run) throws InterruptedException {
    Way way =
        begun.isPresent() && begun.get().run() == run.id() ? begun.get().way() : Way.of(route);
    if (way instanceof Way.InPieces pieces
        && run.decoded().isEmpty() == pieces instanceof Way.Bytes) {
      return pieces;
    }
    String why = reason(way).orElse("records need not be decoded any more");
    throw new ConnectorException(new Failure.PositionLost(new Position(""), why));
  }

  private PassRun passing(Run run, Way.InPieces way, List<RunTable.Part> parts, RunTotals totals) {
    boolean isNew = begun.isPresent() && begun.get().run() == run.id();
    List<PassPiece> pieces =
        parts.stream()
            .map(part -> new PassPiece(route, way, run, part, isNew, clock, steps, totals))
            .toList();
    List<Partition> partitions = parts.stream().map(RunTable.Part::partition).toList();
    return new PassRun(route, way, pieces, partitions, PARTITIONS, clock, mostFailures(run));
  }

  private static long missing(Way.Bytes way, FormRead read, Gone gone) throws InterruptedException {
    Way.Bytes keys = Way.keysOf(way);
    try (FormBytes bytes = read.all(keys.selection())) {
      return keys.writer().missing(keys.into(), bytes, gone);
    }
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

  private Ending sweep(Run run, long opened, RunTotals totals, Sweep.Find find)
      throws InterruptedException {
    if (!route.precedence().isComplete(opened)) {
      return new Ending(
          Run.State.PARTIAL,
          0,
          "deletions held back: more changes came in during the run than are kept in memory; the"
              + " next run tries again");
    }
    table.sweeping(run.id());
    Sweep sweep = new Sweep(route, run, table, totals, opened, clock.instant(), find);
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
        route.formReader(),
        route.formWriter(),
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
