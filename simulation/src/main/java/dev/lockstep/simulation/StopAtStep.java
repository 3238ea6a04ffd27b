package dev.lockstep.simulation;

import dev.lockstep.engine.sync.Steps;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Holds the thread that passes a step for the given time until the process is killed. */
final class StopAtStep implements Steps {
  private final Optional<Kill.AtStep> stop;
  private final Line.Speaker parent;
  private final Map<Step, AtomicInteger> passed = new ConcurrentHashMap<>();
  private final AtomicBoolean settled = new AtomicBoolean();

  StopAtStep(Optional<Kill.AtStep> stop, Line.Speaker parent) {
    this.stop = stop;
    this.parent = parent;
  }

  @Override
  public void reached(Step step) {
    int times = passed.computeIfAbsent(step, first -> new AtomicInteger()).incrementAndGet();
    if (stop.isPresent() && stop.get().step() == step && stop.get().occurrence() == times) {
      parent.say(Line.Kind.STOPPED, step.name());
      while (true) {
        LockSupport.park(this);
      }
    }
    if (step == Step.SETTLED && settled.compareAndSet(false, true)) {
      parent.say(Line.Kind.SETTLED, "");
    }
  }
}
