package dev.lockstep.simulation;

import dev.lockstep.simulation.KillSimulation.Teller;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One run: processes that are killed one after the other, a last one that finishes, the checks. */
final class KillRun {
  /**
   * A burst of refusals can keep a circuit open for 36 s; beyond that only a machine that hardly
   * gets on at all makes a child take longer.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(150);
  private static final long REVISIONS_OF_ONE_PROCESS = 1_000_000;

  private final Plan plan;
  private final Path folder;
  private final Optional<Path> archive;
  private final Teller teller;
  private final Random random;
  private final Tally tally = new Tally();
  private final List<Duration> recoveries = new ArrayList<>();
  private final List<String> acknowledged = new ArrayList<>();
  private int processes;
  private boolean asPlanned = true;

  KillRun(Plan plan, Path folder, Optional<Path> archive, Teller teller) {
    this.plan = plan;
    this.folder =
        folder.resolve(
            plan.source().name().toLowerCase(java.util.Locale.ROOT) + "-" + plan.number());
    this.archive = archive;
    this.teller = teller;
    this.random = new Random(plan.seed());
  }

  Verdict run() throws IOException, InterruptedException {
    try (World world = World.open(folder, plan)) {
      world.erp().stir();
      for (Kill kill : plan.kills()) {
        killed(world, kill);
      }
      world.calm();
      Instance last = finished();
      new Check(world, last, acknowledged, tally).check();
    } catch (SQLException e) {
      throw new IllegalStateException("the simulation's own database failed", e);
    }
    if (tally.isClean()) {
      Folders.delete(folder);
    }
    return new Verdict(tally, asPlanned, recoveries);
  }

  private void killed(World world, Kill kill) throws IOException, InterruptedException {
    Optional<Kill.AtStep> stop =
        kill instanceof Kill.AtStep at ? Optional.of(at) : Optional.empty();
    if (plan.troubled() && random.nextBoolean()) {
      world.burst(random);
    }
    Instance child = start(false, stop);
    boolean came =
        switch (kill) {
          case Kill.AtStep at -> child.await(Line.Kind.STOPPED, PATIENCE);
          case Kill.AfterStart(Duration time) -> child.leaveFor(time);
          case Kill.AfterOpening(Duration time) ->
              child.await(Line.Kind.STARTED, PATIENCE) && child.leaveFor(time);
        };
    child.kill();
    learn(child);
    teller.tell(
        "killed at "
            + kill
            + (came ? "" : ", which was not reached")
            + "; it said "
            + child.counts());
    if (!came) {
      asPlanned = false;
      tally.lost("process " + processes + " never came to " + kill);
    }
  }

  private Instance finished() throws IOException, InterruptedException {
    Instance child = start(true, Optional.empty());
    boolean ended = child.end(PATIENCE_AT_THE_END);
    learn(child);
    teller.tell("the last process said " + child.counts());
    child.said(Line.Kind.ENDED).forEach(teller::tell);
    if (!ended || child.said(Line.Kind.DONE).isEmpty()) {
      asPlanned = false;
      tally.lost("the last process did not end well, see child-" + processes + ".log");
    }
    return child;
  }

  private Instance start(boolean finishes, Optional<Kill.AtStep> stop) throws IOException {
    Task task =
        new Task(
            folder,
            plan.source(),
            finishes,
            plan.seed() + processes,
            processes * REVISIONS_OF_ONE_PROCESS,
            stop);
    processes++;
    return Instance.start(task, folder.resolve("child-" + processes + ".log"), archive);
  }

  private void learn(Instance child) {
    acknowledged.addAll(child.said(Line.Kind.WROTE));
    if (processes > 1) {
      child.recovered().ifPresent(recoveries::add);
    }
    for (String standing : child.said(Line.Kind.STANDING)) {
      Standing.parse(standing).checkBalanced("after restart " + (processes - 1), tally);
    }
  }
}
