package dev.lockstep.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the demo is played.
 *
 * @param folder what it leaves behind; made when it is not there
 * @param length after what time it ends by itself; empty to go on until it is interrupted
 * @param json events as JSON, one a line
 * @param colours whether the terminal shows them
 * @param systemsOnly starts the neighbours alone, for a Lockstep that the user starts
 * @param systems the names of those it starts then; empty for all
 * @param lockstep the main class that runs {@code lockstep}, which ends when standard input does
 */
public record DemoOptions(
    Path folder,
    Optional<Duration> length,
    boolean json,
    boolean colours,
    boolean systemsOnly,
    List<String> systems,
    String lockstep) {
  /** Shorter than this not every story has its end. */
  public static final Duration SHORTEST = Duration.ofSeconds(30);

  public DemoOptions {
    folder = folder.toAbsolutePath().normalize();
    systems = List.copyOf(systems);
    for (String system : systems) {
      if (!systemsOnly || !Neighbours.NAMES.contains(system)) {
        throw new DemoRefused(
            "There is no system '"
                + system
                + "' to start alone; write --systems-only --system "
                + String.join(" or ", Neighbours.NAMES)
                + ".");
      }
    }
    if (length.isPresent() && length.get().compareTo(SHORTEST) < 0) {
      throw new DemoRefused(
          "The stories need " + SHORTEST.toSeconds() + " seconds; write --seconds 30 or more.");
    }
  }

  /** What Lockstep's command line is, as a list of arguments of its main class. */
  List<String> up() {
    return List.of(lockstep, "up", folder.toString(), "--json");
  }
}
