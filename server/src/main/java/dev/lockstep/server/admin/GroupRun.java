package dev.lockstep.server.admin;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.RunRequest;
import dev.lockstep.engine.run.DryRun;
import dev.lockstep.engine.run.Outlook;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.run.RunProgress;
import dev.lockstep.engine.sync.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs the syncs of a whole schema one after the other, those first that others refer to. */
final class GroupRun {
  private final Engine engine;
  private final String group;
  private final List<String> syncs;

  GroupRun(Engine engine, String group) throws InterruptedException {
    this.engine = engine;
    this.group = group;
    this.syncs = engine.group(group);
  }

  /** Whether there is no sync of a whole schema of this name. */
  boolean isEmpty() {
    return syncs.isEmpty();
  }

  /** All of them, told as one run: its counts are their sums, its state is the worst. */
  Run run(RunRequest request, RunProgress progress) throws InterruptedException {
    List<Run> runs = new ArrayList<>();
    for (String sync : syncs) {
      Counts before = sum(runs);
      runs.add(
          engine.run(
              sync,
              request,
              // How much of the other tables is left, nobody knows.
              (phase, counts, outlook) -> progress.at(phase, before.plus(counts), Outlook.NONE)));
    }
    Run first = runs.getFirst();
    Run last = runs.getLast();
    return new Run(
        last.id(),
        group,
        first.kind(),
        first.cause(),
        worst(runs),
        first.startedAt(),
        last.endedAt(),
        sum(runs),
        runs.stream().mapToLong(Run::deleted).sum(),
        last.outlook(),
        decoded(runs),
        runs.stream()
            .filter(run -> !run.message().isEmpty())
            .map(run -> run.sync() + ": " + run.message())
            .collect(Collectors.joining("\n")));
  }

  private static Counts sum(List<Run> runs) {
    return runs.stream().map(Run::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** Of those that were decoded, which and why; empty when there are none. */
  private static Optional<String> decoded(List<Run> runs) {
    return runs.stream()
        .flatMap(run -> run.decoded().map(why -> run.sync() + ": " + why).stream())
        .reduce((one, other) -> one + "\n" + other);
  }

  /** The states are declared from good to bad. */
  private static Run.State worst(List<Run> runs) {
    return runs.stream().map(Run::state).max(Run.State::compareTo).orElseThrow();
  }

  DryRun.Summary dryRun(CountDifferences counted) throws InterruptedException {
    long read = 0;
    long same = 0;
    for (String sync : syncs) {
      DryRun.Summary summary = engine.dryRun(sync, counted);
      read += summary.read();
      same += summary.same();
    }
    return new DryRun.Summary(read, same);
  }
}
