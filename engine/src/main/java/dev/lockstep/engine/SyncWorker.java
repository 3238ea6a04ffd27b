package dev.lockstep.engine;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Problem;
import dev.lockstep.engine.capture.Capture;
import dev.lockstep.engine.capture.Signal;
import dev.lockstep.engine.delivery.AtOnce;
import dev.lockstep.engine.delivery.Owners;
import dev.lockstep.engine.direct.DirectGroup;
import dev.lockstep.engine.direct.DirectGroups;
import dev.lockstep.engine.direct.Loading;
import dev.lockstep.engine.direct.Regrouped;
import dev.lockstep.engine.journal.Journal;
import dev.lockstep.engine.run.FirstLoad;
import dev.lockstep.engine.run.RetryParked;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.engine.run.RunTask;
import dev.lockstep.engine.schedule.ScheduleSpec;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.engine.sync.Trouble;
import dev.lockstep.engine.sync.Unforeseen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The life of one sync: reach both systems, load the target for the first time, then follow
 * changes, run on schedule, or both, until it is stopped. What goes wrong is kept as its trouble
 * and tried again.
 */
final class SyncWorker implements Runnable {
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration HELD_WAIT = Duration.ofMinutes(1);

  private final EngineParts parts;
  private final SyncSpec spec;
  private final Strategy strategy;
  private final Optional<ScheduleSpec> schedule;
  private final List<Problem> refusal;
  private final PrepareRoute prepare;
  private final @Nullable Capture capture;
  private final @Nullable DirectGroups direct;
  private final @Nullable KeepEqual equal;
  private final Signal retry = new Signal();
  private final ReentrantLock running = new ReentrantLock();
  private volatile SyncStatus.State state = SyncStatus.State.STARTING;
  private volatile @Nullable Trouble trouble;

  /** Whether this thread of the sync is running; a single command asks for runs without it. */
  private volatile boolean alive;

  private boolean delivered;

  /** The moment of the source that the last load of this process was begun at. */
  private Optional<Position> loadingAt = Optional.empty();

  private volatile @Nullable Following follow;
  private volatile @Nullable Route route;
  private volatile @Nullable KeepSchedule keeper;
  private int failures;

  SyncWorker(
      EngineParts parts,
      SyncSpec spec,
      Strategy strategy,
      Optional<ScheduleSpec> schedule,
      List<Problem> refusal,
      PrepareRoute prepare,
      @Nullable Capture capture,
      @Nullable DirectGroups direct,
      @Nullable KeepEqual equal) {
    this.parts = parts;
    this.spec = spec;
    this.strategy = strategy;
    this.schedule = schedule;
    this.refusal = refusal;
    this.prepare = prepare;
    this.capture = capture;
    this.direct = direct;
    this.equal = equal;
  }

  @Override
  public void run() {
    alive = true;
    while (!Thread.currentThread().isInterrupted()) {
      // Taken before the attempt: what comes true during it must not be slept through.
      long seen = retry.count();
      try {
        live();
      } catch (InterruptedException e) {
        return;
      } catch (Regrouped e) {
        // It is as ready for the other group as it was for this one.
        continue;
      } catch (ConnectorException e) {
        if (!rest(e.failure(), seen)) {
          return;
        }
      } catch (RuntimeException e) {
        if (!rest(Unforeseen.of(e), seen)) {
          return;
        }
      }
    }
  }

  private void live() throws InterruptedException {
    state = SyncStatus.State.STARTING;
    if (capture != null) {
      capture.subscribe();
    }
    Optional<DirectGroup> group =
        direct == null ? Optional.empty() : Optional.of(direct.enter(spec.name()));
    Route ready = route();
    if (capture != null && equal != null) {
      keepEqual(ready, capture, equal);
    } else if (capture != null) {
      followAndRun(ready, capture);
    } else if (group.isPresent()) {
      followDirectly(ready, group.get());
    } else {
      trouble = null;
      runOnly(ready);
    }
  }

  private void runOnly(Route ready) throws InterruptedException {
    AtOnce.run(
        2,
        2,
        number -> {
          if (number == 0) {
            new RetryParked(ready, parts.clock()).keep();
          } else {
            goOn(ready);
            keepSchedule(ready);
          }
        });
  }

  private void followAndRun(Route ready, Capture source) throws InterruptedException {
    SyncTable.Start start = start(source);
    delivered |= follow != null && follow.hasResumed();
    long head = delivered ? parts.journal().head(source.name()) : source.headAtOpen();
    Follow following =
        new Follow(ready, parts.journal(), start, head, source.arrived(), parts.clock());
    follow = following;
    Optional<Run> wentOn = goOn(ready);
    if (!start.loaded()) {
      load(ready, wentOn.filter(run -> run.cause() == Run.Cause.INITIAL));
    }
    trouble = null;
    failures = 0;
    state = SyncStatus.State.READY;
    int threads = schedule.isPresent() ? 2 : 1;
    AtOnce.run(
        threads,
        threads,
        number -> {
          if (number == 0) {
            following.follow();
          } else {
            keepSchedule(ready);
          }
        });
  }

  private void keepEqual(Route ready, Capture source, KeepEqual both) throws InterruptedException {
    long seen = both.comparisons();
    SyncTable.Start start = start(source);
    state = start.loaded() ? SyncStatus.State.STARTING : SyncStatus.State.LOADING;
    FollowTwoWay following = both.begin(spec, ready, source, start, seen);
    follow = following;
    trouble = null;
    failures = 0;
    state = SyncStatus.State.READY;
    following.follow();
  }

  private void followDirectly(Route ready, DirectGroup group) throws InterruptedException {
    Optional<SyncTable.Start> known =
        parts.syncs().start(spec.name()).filter(start -> start.capture().equals(group.name()));
    if (known.isEmpty()) {
      parts.syncs().start(spec.name(), new SyncTable.Start(group.name(), 0, 0, false));
    }
    boolean loaded = known.isPresent() && known.get().loaded();
    group.join(spec.name(), ready, loaded ? Loading.ALL : begun());
    try {
      if (loaded) {
        goOn(ready);
      } else {
        group.awaitTurn(spec.name());
        loadAt(group.bringToMoment(), ready);
      }
      group.loaded(spec.name(), ready);
      attend(ready, group);
    } finally {
      group.leave(spec.name());
    }
  }

  /** Whether anything of it may have been loaded. */
  private Loading begun() throws InterruptedException {
    return parts.runs().list(spec.name(), 1).isEmpty() ? Loading.NOTHING : Loading.SOME;
  }

  /**
   * Loads at a moment of the source. What a stopped or killed process has read is gone on with; but
   * pages that were read in the order of the key at an earlier moment lack what was put between
   * them since.
   */
  private void loadAt(Optional<Position> moment, Route ready) throws InterruptedException {
    Optional<Run> open = parts.runs().open(spec.name());
    boolean paged = open.isPresent() && !parts.runs().isInPieces(open.get().id());
    if (paged && !moment.equals(loadingAt)) {
      task(ready, RunProgress.SILENT).giveUp(open.get());
    }
    loadingAt = moment;
    load(ready, goOn(ready).filter(run -> run.cause() == Run.Cause.INITIAL));
  }

  private void attend(Route ready, DirectGroup group) throws InterruptedException {
    trouble = null;
    failures = 0;
    state = SyncStatus.State.READY;
    int threads = schedule.isPresent() ? 2 : 1;
    AtOnce.run(
        threads,
        threads,
        number -> {
          if (number == 0) {
            group.attend(spec.name(), ready);
          } else {
            keepSchedule(ready);
          }
        });
  }

  private SyncTable.Start start(Capture source) throws InterruptedException {
    Optional<SyncTable.Start> known =
        parts.syncs().start(spec.name()).filter(start -> start.capture().equals(source.name()));
    if (known.isPresent()) {
      return known.get();
    }
    Journal journal = parts.journal();
    // What is only appended is not loaded, so nothing but the journal brings what came since the
    // capture began.
    long head = spec.mode() == Mode.APPEND ? source.headAtOpen() : journal.head(source.name());
    long base = journal.totalUpTo(source.name(), spec.from().dataset(), head);
    SyncTable.Start start = new SyncTable.Start(source.name(), head, base, false);
    parts.syncs().start(spec.name(), start);
    return start;
  }

  /**
   * Reads the source as it stands; changes from the start of the capture on wait in the journal.
   */
  private void load(Route ready, Optional<Run> wentOn) throws InterruptedException {
    boolean canLoad = ready.reader().isPresent() && spec.mode() != Mode.APPEND;
    if (canLoad) {
      state = SyncStatus.State.LOADING;
      Run run =
          wentOn.isPresent()
              ? wentOn.get()
              : run(ready, Run.Cause.INITIAL, true, RunProgress.SILENT);
      if (run.state() == Run.State.FAILED) {
        throw new ConnectorException(Failure.Transient.of("the first read: " + run.message()));
      }
    }
    parts.syncs().loaded(spec.name());
  }

  /** Goes on with a run that a stopped or killed process left open, and answers how it ended. */
  private Optional<Run> goOn(Route ready) throws InterruptedException {
    Optional<Run> open = parts.runs().open(spec.name());
    if (open.isEmpty()) {
      return open;
    }
    running.lockInterruptibly();
    try {
      state = stateDuring(open.get().cause());
      return Optional.of(task(ready, RunProgress.SILENT).goOn(open.get()));
    } finally {
      running.unlock();
    }
  }

  private static SyncStatus.State stateDuring(Run.Cause cause) {
    return switch (cause) {
      case INITIAL -> SyncStatus.State.LOADING;
      case SCHEDULE, REQUEST -> SyncStatus.State.RUNNING;
    };
  }

  private void keepSchedule(Route ready) throws InterruptedException {
    state = SyncStatus.State.READY;
    failures = 0;
    if (schedule.isEmpty()) {
      // Runs on request only.
      Thread.sleep(Duration.ofDays(365_000));
    }
    KeepSchedule keep =
        new KeepSchedule(
            parts,
            spec.name(),
            schedule.orElseThrow(),
            running::isLocked,
            () -> run(ready, Run.Cause.SCHEDULE, false, RunProgress.SILENT));
    keeper = keep;
    keep.keep();
  }

  /** Runs once, alone; waits for a run that is going on. */
  Run run(Route ready, Run.Cause cause, boolean full, RunProgress progress)
      throws InterruptedException {
    running.lockInterruptibly();
    SyncStatus.State before = state;
    try {
      state = stateDuring(cause);
      RunTask task = task(ready, progress);
      return task.carryOut(task.begin(cause, full));
    } finally {
      state = before;
      running.unlock();
    }
  }

  /** Carries out a run that a person asked for. */
  Run runNow(RunRequest request, RunProgress progress) throws InterruptedException {
    if (equal != null) {
      throw equal.withoutRuns();
    }
    Route ready = route();
    if (ready.reader().isEmpty()) {
      throw new ConnectorException(
          new Failure.Misconfigured(
              List.of(
                  new Problem(
                      "syncs." + spec.name() + ".from",
                      spec.from() + " cannot be read in bulk",
                      "let the sync follow its changes, or describe how the source is listed"))));
    }
    if (request.full()) {
      ready.delivery().forgetKnown();
    }
    if (request.full() && capture != null) {
      capture.restartIfLost();
    }
    if (request.full() && direct().isPresent()) {
      restartIfLost(direct().get());
    }
    Route asked = request.allowDeletes() ? RunTask.allowingDeletes(ready) : ready;
    Run run = run(asked, Run.Cause.REQUEST, request.full(), progress);
    if (request.full() && run.state() != Run.State.FAILED) {
      ready.delivery().acceptLedger(Owners.EVENTS);
      retry.raise();
    }
    return run;
  }

  private void restartIfLost(DirectGroup group) throws InterruptedException {
    if (group.restartIfLost()) {
      parts.syncs().unload(group.members());
      group.restart();
    }
  }

  /** What keeps this sync from working as configured, as far as can be told now. */
  List<Finding> check() throws InterruptedException {
    return new CheckSync(spec, refusal, prepare).check();
  }

  /** How its first load would go; empty where that is no question, or the sync cannot work. */
  Optional<FirstLoad> firstLoad() throws InterruptedException {
    return refusal.isEmpty() ? prepare.firstLoad() : Optional.empty();
  }

  private RunTask task(Route ready, RunProgress progress) {
    return new RunTask(ready, parts.runs(), parts.clock(), parts.steps(), progress, beside());
  }

  private RunTask.Beside beside() {
    if (!alive || (capture == null && direct == null)) {
      return RunTask.Beside.NOTHING;
    }
    return direct == null ? RunTask.Beside.JOURNAL : RunTask.Beside.DIRECT;
  }

  /** The route, prepared on first use; throws {@link ConnectorException} while it cannot be. */
  synchronized Route route() throws InterruptedException {
    Route ready = route;
    if (ready == null) {
      if (!refusal.isEmpty()) {
        throw new ConnectorException(new Failure.Misconfigured(refusal));
      }
      ready = prepare.prepare();
      route = ready;
    }
    return ready;
  }

  /** Waits after a failure; false when the worker is to end. */
  private boolean rest(Failure failure, long seen) {
    trouble = Trouble.of("sync " + spec.name(), failure, parts.clock().instant());
    boolean passes = failure instanceof Failure.Transient;
    state = passes ? SyncStatus.State.WAITING : SyncStatus.State.HELD;
    forgetRoute();
    try {
      retry.await(seen, passes ? wait((Failure.Transient) failure) : HELD_WAIT);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  // The systems may have changed by the next try, so they are described again.
  private synchronized void forgetRoute() {
    route = null;
  }

  private Duration wait(Failure.Transient failure) {
    Duration grown = FIRST_WAIT.multipliedBy(1L << Math.min(failures++, 10));
    Duration wait = grown.compareTo(LONGEST_WAIT) < 0 ? grown : LONGEST_WAIT;
    return failure.retryAfter().filter(asked -> asked.compareTo(wait) > 0).orElse(wait);
  }

  SyncSpec spec() {
    return spec;
  }

  Strategy strategy() {
    return strategy;
  }

  SyncStatus.State state() {
    return state;
  }

  /** Has it try again at once what it waits with. */
  void lookAgain() {
    retry.raise();
    capture().ifPresent(Capture::lookAgain);
  }

  /** What went wrong, be it its own trouble or that of what it follows. */
  Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble)
        .or(() -> capture().flatMap(Capture::trouble))
        .or(() -> direct().flatMap(DirectGroup::trouble));
  }

  /** What keeps it from its work. */
  Optional<Trouble> hindrance() {
    return trouble().or(() -> direct().flatMap(DirectGroup::awaiting));
  }

  Optional<Following> following() {
    return Optional.ofNullable(follow);
  }

  Optional<Capture> capture() {
    return Optional.ofNullable(capture);
  }

  /** The group that it is followed in just now. */
  Optional<DirectGroup> direct() {
    return Optional.ofNullable(direct).map(groups -> groups.of(spec.name()));
  }

  Optional<KeepSchedule> schedule() {
    return Optional.ofNullable(keeper);
  }
}
