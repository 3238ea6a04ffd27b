package dev.lockstep.hub.module;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often each version of each module was asked since the start. Thread-safe. */
public final class ModuleUse {
  private final Map<Line, LongAdder> counts = new LinkedHashMap<>();

  ModuleUse(List<ModuleSpec> modules) {
    for (ModuleSpec module : modules) {
      for (VersionSpec version : module.versions()) {
        for (Outcome outcome : Outcome.values()) {
          counts.put(new Line(module.name(), version.name(), outcome), new LongAdder());
        }
      }
    }
  }

  /** What became of a request. */
  public enum Outcome {
    ANSWERED,
    /** The client's fault. */
    REFUSED,
    /** The server's fault. */
    FAILED;

    static Outcome of(int status) {
      return status < 400 ? ANSWERED : status < 500 ? REFUSED : FAILED;
    }
  }

  /** What is counted. */
  public record Line(String module, String version, Outcome outcome) {}

  /** Every line there is, whether it was ever counted or not. */
  public List<Line> lines() {
    return List.copyOf(counts.keySet());
  }

  /** How many requests there were. */
  public long count(Line line) {
    LongAdder count = counts.get(line);
    return count == null ? 0 : count.sum();
  }

  void note(String module, String version, int status) {
    LongAdder count = counts.get(new Line(module, version, Outcome.of(status)));
    if (count != null) {
      count.increment();
    }
  }
}
