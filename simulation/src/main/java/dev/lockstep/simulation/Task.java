package dev.lockstep.simulation;

import dev.lockstep.engine.sync.Steps.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a child process is to do, as it stands on its command line.
 *
 * @param folder with the configuration; the child's store is within
 * @param finishes false writes to the hub until it is killed; true waits until all is settled, and
 *     then tells what there is
 * @param firstRevision the first number for a change of the hub; greater than any before
 * @param stop the step at which to wait for being killed
 */
record Task(
    Path folder,
    Plan.Source source,
    boolean finishes,
    long seed,
    long firstRevision,
    Optional<Kill.AtStep> stop) {

  List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                folder.toString(),
                source.name(),
                Boolean.toString(finishes),
                Long.toString(seed),
                Long.toString(firstRevision)));
    stop.ifPresent(at -> {
      arguments.add(at.step().name());
      arguments.add(Integer.toString(at.occurrence()));
    });
    return arguments;
  }

  static Task parse(String... arguments) {
    Optional<Kill.AtStep> stop =
        arguments.length > 5
            ? Optional.of(
                new Kill.AtStep(Step.valueOf(arguments[5]), Integer.parseInt(arguments[6])))
            : Optional.empty();
    return new Task(
        Path.of(arguments[0]),
        Plan.Source.valueOf(arguments[1]),
        Boolean.parseBoolean(arguments[2]),
        Long.parseLong(arguments[3]),
        Long.parseLong(arguments[4]),
        stop);
  }
}
