package dev.lockstep.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code lockstep up} as a process of its own. */
final class RunningLockstep implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("\"address\"\\s*:\\s*\"([^\"]+)\"");

  private final Process process;
  private final URI address;
  private final double secondsToReady;

  private RunningLockstep(Process process, URI address, double secondsToReady) {
    this.process = process;
    this.address = address;
    this.secondsToReady = secondsToReady;
  }

  /** Starts Lockstep on a folder and returns when it says that it is ready. */
  static RunningLockstep up(Path folder) throws IOException {
    String launcher = Path.of(System.getenv("LOCKSTEP_ROOT"), "lockstep").toString();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(launcher, "up", folder.toString(), "--json")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find()) {
        double seconds = (System.nanoTime() - start) / 1e9;
        return new RunningLockstep(process, URI.create(matcher.group(1)), seconds);
      }
    }
    throw new IOException("lockstep up ended before it was ready");
  }

  URI address() {
    return address;
  }

  /** From the start of the process to its word that it is ready. */
  double secondsToReady() {
    return secondsToReady;
  }

  /** The processor time that it has used so far, on all cores. */
  double cpuSeconds() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  double peakRssMiB() {
    return Child.peakRss(process.pid());
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
