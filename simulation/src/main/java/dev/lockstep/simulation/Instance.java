package dev.lockstep.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One child process, from its start to its end. */
final class Instance {
  private final Process process;
  private final long startedAt = System.nanoTime();
  private final List<Line> lines = new ArrayList<>();
  private final Thread reader;
  private boolean silent;
  private Optional<Duration> recovered = Optional.empty();

  private Instance(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::listen);
  }

  /**
   * @param log where its standard error goes
   * @param archive what quickens its start, made by the first child that ends in peace; only for a
   *     class path of jars alone
   */
  static Instance start(Task task, Path log, Optional<Path> archive) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Xshare:auto",
                "-Xlog:all=off",
                "--enable-native-access=ALL-UNNAMED",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8"));
    archive.ifPresent(file ->
        command.addAll(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + file)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
    command.addAll(task.arguments());
    return new Instance(new ProcessBuilder(command).redirectError(log.toFile()).start());
  }

  private void listen() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Line.parse(line).ifPresent(this::heard);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      synchronized (lines) {
        silent = true;
        lines.notifyAll();
      }
    }
  }

  private void heard(Line line) {
    synchronized (lines) {
      if (line.kind() == Line.Kind.SETTLED) {
        recovered = Optional.of(Duration.ofNanos(System.nanoTime() - startedAt));
      }
      lines.add(line);
      lines.notifyAll();
    }
  }

  /** Waits for a line; false when it did not come in time, or the process has ended. */
  boolean await(Line.Kind kind, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Predicate<Line> wanted = line -> line.kind() == kind;
    synchronized (lines) {
      while (lines.stream().noneMatch(wanted)) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0 || silent) {
          return false;
        }
        lines.wait(left);
      }
      return true;
    }
  }

  /** Lets it run on for so long; false when it has ended by itself. */
  boolean leaveFor(Duration wait) throws InterruptedException {
    return !process.waitFor(wait);
  }

  /** SIGKILL. What it had said by then is still heard: the pipe outlives it. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
    reader.join();
  }

  /** Waits for it to end by itself, and kills it if it does not; true when it ended well. */
  boolean end(Duration patience) throws InterruptedException {
    boolean ended = process.waitFor(patience);
    kill();
    return ended && process.exitValue() == 0;
  }

  /** What it said of a kind, in order. To be called after its end. */
  List<String> said(Line.Kind kind) {
    return lines.stream().filter(line -> line.kind() == kind).map(Line::text).toList();
  }

  /** How much it said of each kind, for people. */
  Map<Line.Kind, Integer> counts() {
    Map<Line.Kind, Integer> counts = new EnumMap<>(Line.Kind.class);
    lines.forEach(line -> counts.merge(line.kind(), 1, Integer::sum));
    return counts;
  }

  /** The time from its start to its first settled window; empty when it did not come to that. */
  Optional<Duration> recovered() {
    return recovered;
  }
}
