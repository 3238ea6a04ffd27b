package dev.lockstep.simulation;

import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.hub.Hub;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.config.Configuration;
import dev.lockstep.server.config.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;

/**
 * The process that is killed: Lockstep as it is shipped, with a hand on its steps and on its
 * source, and someone who keeps writing to its hub. Speaks to its parent in lines on standard
 * output ({@link Line}), and ends itself when its parent is gone.
 */
public final class Child {
  private static final long POLL_MILLIS = 15;

  private final Task task;
  private final Line.Speaker parent = new Line.Speaker(System.out);

  private Child(Task task) {
    this.task = task;
  }

  /** Carries out a {@link Task}. */
  public static void main(String[] arguments) throws InterruptedException {
    endWithParent();
    new Child(Task.parse(arguments)).run();
  }

  private static void endWithParent() {
    Thread watch =
        Thread.ofPlatform()
            .daemon()
            .unstarted(() -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (IOException gone) {
                throw new UncheckedIOException(gone);
              } finally {
                Runtime.getRuntime().halt(3);
              }
            });
    watch.start();
  }

  private void run() throws InterruptedException {
    StopAtStep steps = new StopAtStep(task.stop(), parent);
    PrunedSource source = new PrunedSource(task.folder().resolve("pruned"), task.source());
    try (Lockstep lockstep =
        Lockstep.open(configuration(), Clock.systemUTC(), steps, source::around)) {
      Hub hub = lockstep.hub().orElseThrow();
      Audit audit = Audit.of(hub);
      Accounts accounts = new Accounts(hub, task.seed(), task.firstRevision(), parent);
      accounts.look();
      if (audit.changes().isEmpty()) {
        accounts.seed();
      }
      for (SyncStatus status : lockstep.engine().syncs()) {
        parent.status(Line.Kind.STANDING, status, List.of());
      }
      lockstep.start();
      parent.say(Line.Kind.STARTED, "");
      if (task.finishes()) {
        new Finish(lockstep, audit, parent).finish();
      } else {
        awaitReady(lockstep);
        accounts.keepWriting();
      }
    }
    parent.say(Line.Kind.DONE, "");
  }

  private Configuration configuration() {
    return switch (Lockstep.load(task.folder())) {
      case Loaded.Valid(Configuration configuration) -> configuration;
      case Loaded.Invalid(var problems) -> throw new IllegalStateException(problems.toString());
    };
  }

  /**
   * A change made while a sync loads for the first time may reach its target twice, the second time
   * older than the first; so that order can be judged strictly, none is made then.
   */
  private static void awaitReady(Lockstep lockstep) throws InterruptedException {
    while (!lockstep.engine().syncs().stream().allMatch(Child::isReady)) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static boolean isReady(SyncStatus status) {
    return switch (status.state()) {
      case READY, RUNNING -> true;
      // A target that is away must not keep the writer waiting, unless it holds up the first load.
      case WAITING -> status.strategy() == Strategy.SCHEDULE || hasLoaded(status);
      case STOPPED, STARTING, LOADING, HELD -> false;
    };
  }

  private static boolean hasLoaded(SyncStatus status) {
    return status.currentRun().isEmpty()
        && status
            .lastRun()
            .filter(run -> run.state() == Run.State.DONE || run.state() == Run.State.PARTIAL)
            .isPresent();
  }
}
