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
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration ENDS_WITHIN = Duration.ofMinutes(1);

  private final Process process;
  private final URI address;
  private final double secondsToReady;

  private RunningLockstep(Process process, URI address, double secondsToReady) {
    this.process = process;
    this.address = address;
    this.secondsToReady = secondsToReady;
  }

  static String launcher() {
    return Path.of(System.getenv("LOCKSTEP_ROOT"), "lockstep").toString();
  }

  /** Starts Lockstep on a folder and returns when it says that it is ready. */
  static RunningLockstep up(Path folder) throws IOException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(launcher(), "up", folder.toString(), "--json")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // It would go on when a benchmark is broken off.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    Thread limit = Thread.ofVirtual().start(() -> endUnlessReady(process));
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find()) {
        limit.interrupt();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new RunningLockstep(process, URI.create(matcher.group(1)), seconds);
      }
    }
    throw new IOException("lockstep up ended before it was ready");
  }

  private static void endUnlessReady(Process process) {
    try {
      Thread.sleep(READY_WITHIN);
      process.destroyForcibly();
    } catch (InterruptedException ready) {
      Thread.currentThread().interrupt();
    }
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
    return Child.cpuSeconds(process);
  }

  double peakRssMiB() {
    return Child.peakRss(process.pid());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      Waiting.ended(process, ENDS_WITHIN);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
