package dev.lockstep.simulation;

import dev.lockstep.engine.sync.Steps.Step;
import java.time.Duration;

/** When a process is killed. */
sealed interface Kill {

  /** As soon as a step was passed for the given time, on the thread that passed it. */
  record AtStep(Step step, int occurrence) implements Kill {
    @Override
    public String toString() {
      return step + "#" + occurrence;
    }
  }

  /** So long after the process was started, whether it is ready by then or not. */
  record AfterStart(Duration time) implements Kill {
    @Override
    public String toString() {
      return time.toMillis() + " ms after start";
    }
  }

  /** So long after the store and the systems were opened and the syncs were set going. */
  record AfterOpening(Duration time) implements Kill {
    @Override
    public String toString() {
      return time.toMillis() + " ms after opening";
    }
  }
}
