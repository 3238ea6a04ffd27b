package dev.lockstep.server;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.RunRequest;
import dev.lockstep.engine.UnknownSync;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.hub.action.ObjectActions;
import dev.lockstep.hub.dispatch.Syncs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The engine's syncs, and those of whole schemas, for triggers. */
final class EngineSyncs implements Syncs {
  private static final RunRequest FULL = new RunRequest(true, false);
  private static final RunRequest USUAL = new RunRequest(false, false);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int MOST_RUNS = 500;

  private final Engine engine;
  private final List<String> names;

  EngineSyncs(Engine engine, List<SyncSpec> specs) {
    this.engine = engine;
    Set<String> runnable = new LinkedHashSet<>();
    for (SyncSpec spec : specs) {
      // Both ends of a two-way sync are compared, and never run.
      if (spec.twoWay().isEmpty() && !spec.name().equals(ObjectActions.NAME)) {
        runnable.add(spec.name());
        spec.group().ifPresent(runnable::add);
      }
    }
    this.names = List.copyOf(runnable);
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public long mark() throws InterruptedException {
    return engine.runs(null, 1).stream().mapToLong(Run::id).max().orElse(0);
  }

  @Override
  public Ended run(String sync, boolean full, long mark) throws InterruptedException {
    try {
      List<String> members = engine.group(sync);
      List<Run> runs = new ArrayList<>();
      for (String each : members.isEmpty() ? List.of(sync) : members) {
        runs.add(one(each, full, mark));
      }
      return ended(runs);
    } catch (ConnectorException failed) {
      return new Ended(false, failed.failure().message());
    } catch (UnknownSync gone) {
      return new Ended(false, String.valueOf(gone.getMessage()));
    }
  }

  private Run one(String sync, boolean full, long mark) throws InterruptedException {
    Optional<Run> begun =
        engine.runs(sync, MOST_RUNS).stream()
            .filter(run -> run.id() > mark && run.cause() == Run.Cause.REQUEST)
            .min(Comparator.comparing(Run::id));
    return begun.isPresent()
        ? over(begun.get())
        : engine.run(sync, full ? FULL : USUAL, RunProgress.SILENT);
  }

  /** The same run at its end; its sync goes on with it. */
  private Run over(Run begun) throws InterruptedException {
    Run run = begun;
    while (!run.isOver()) {
      Thread.sleep(LOOK);
      run =
          engine.runs(begun.sync(), MOST_RUNS).stream()
              .filter(it -> it.id() == begun.id())
              .findFirst()
              .orElseThrow();
    }
    return run;
  }

  private static Ended ended(List<Run> runs) {
    return new Ended(
        runs.stream().allMatch(run -> run.state() == Run.State.DONE),
        runs.stream().map(EngineSyncs::told).collect(Collectors.joining("; ")));
  }

  private static String told(Run run) {
    Counts counts = run.counts();
    return "run "
        + run.id()
        + " of "
        + run.sync()
        + ": "
        + counts.captured()
        + " read, "
        + counts.applied()
        + " applied, "
        + counts.dead()
        + " dead letters"
        + (run.message().isEmpty() ? "" : "; " + run.message());
  }
}
