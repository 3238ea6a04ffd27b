package dev.lockstep.benchmarks;

/**
 * A backlog that was applied.
 *
 * @param perSecond changes a second, from when the source began to send them to the last commit at
 *     the target
 * @param commits that it took
 * @param cpuMicros of the whole process from its start, for each change; 0 without a process
 * @param steadyCpuMicros the same for that stretch
 * @param peakRssMiB 0 without a process
 */
record Drained(
    double perSecond, long commits, double cpuMicros, double steadyCpuMicros, double peakRssMiB) {

  String text(String name) {
    String process =
        cpuMicros == 0
            ? ""
            : "; %.1f µs of CPU a change, %.1f steady; %.0f MiB"
                .formatted(cpuMicros, steadyCpuMicros, peakRssMiB);
    return "%s %,.0f/s in %,d commits%s".formatted(name, perSecond, commits, process);
  }
}
