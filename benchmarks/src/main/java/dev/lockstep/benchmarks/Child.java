package dev.lockstep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that is measured as a whole, its start included.
 *
 * @param seconds from its start to its end
 * @param peakRssMiB its resident memory at the highest, as the kernel counts it
 * @param cpuSeconds the processor time of it and of what it started, user and system
 */
record Child(double seconds, double peakRssMiB, double cpuSeconds, String output) {
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final double TICKS_PER_SECOND = 100;

  /** Runs a Java main class on this process's class path to its end. */
  static Child java(Class<?> main, List<String> options, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return run(command);
  }

  /** Runs a command to its end; throws with what it printed when it fails. */
  static Child run(List<String> command) throws Exception {
    Path output = Files.createTempFile("benchmark", ".out");
    double before = cpuSecondsOfEnded();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    double peak = 0;
    while (!process.waitFor(Duration.ofMillis(20))) {
      peak = Math.max(peak, peakRss(process.pid()));
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " did not end in " + LIMIT.toMinutes() + " min");
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpu = cpuSecondsOfEnded() - before;
    String printed = Files.readString(output);
    Files.delete(output);
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          command + " ended with " + process.exitValue() + "\n" + printed);
    }
    return new Child(seconds, peak, cpu, printed);
  }

  /**
   * What ended children of this process used, with what they waited for; one child at a time can be
   * told by the difference.
   */
  private static double cpuSecondsOfEnded() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    // Of proc(5)'s numbers the first here is 3; cutime and cstime are 16 and 17.
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
  }

  /** The processor time of a process that is running, 0 when it has ended. */
  static double cpuSeconds(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** The peak resident memory of a process that is running, in MiB; 0 when it has just ended. */
  static double peakRss(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
