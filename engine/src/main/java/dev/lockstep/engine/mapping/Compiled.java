package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Problem;
import java.util.List;

/** What came of compiling a sync's condition and mapping. */
public sealed interface Compiled {

  /**
   * The mapping can be used.
   *
   * @param warnings what may refuse single records later, for {@code check} to show; never a reason
   *     not to start
   */
  record Ready(Mapper mapper, List<Problem> warnings) implements Compiled {
    public Ready {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The mapping cannot be used.
   *
   * @param problems all of them at once, each with its place under the sync: {@code where}, {@code
   *     key}, {@code map.email}
   */
  record Broken(List<Problem> problems) implements Compiled {
    public Broken {
      problems = List.copyOf(problems);
    }
  }
}
