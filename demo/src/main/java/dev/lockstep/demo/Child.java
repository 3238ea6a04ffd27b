package dev.lockstep.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program of the demo: a JVM with this one's class path and options, which holds our end of its
 * standard input and ends when that does. It prints JSON, a document a line, the first once it is
 * ready.
 */
final class Child implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final long PATIENCE_SECONDS = 120;
  private static final long GRACE_SECONDS = 15;

  private final String name;
  private final Path log;
  private final Process process;
  private final CountDownLatch ready = new CountDownLatch(1);

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts, and does not wait.
   *
   * @param program a main class with its arguments
   * @param listener is told every line but the first, by a thread of this child
   */
  static Child start(String name, List<String> program, Path log, Consumer<JsonNode> listener) {
    try {
      Process process =
          new ProcessBuilder(command(program))
              .redirectError(Redirect.appendTo(log.toFile()))
              .start();
      Child child = new Child(name, log, process);
      Thread.ofVirtual().name("lines of " + name).start(() -> child.read(listener));
      return child;
    } catch (IOException e) {
      throw new DemoRefused(name + " cannot be started: " + e);
    }
  }

  private static List<String> command(List<String> program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!option.startsWith("-agentlib") && !option.startsWith("-javaagent")) {
        command.add(option);
      }
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(program);
    return command;
  }

  private void read(Consumer<JsonNode> listener) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode document = MAPPER.readTree(line);
        if (ready.getCount() > 0) {
          ready.countDown();
        } else {
          listener.accept(document);
        }
      }
    } catch (IOException | JacksonException e) {
      // A program that was killed may leave half a line; what it did is checked at its API.
      System.getLogger(Child.class.getName()).log(System.Logger.Level.DEBUG, name, e);
    }
  }

  /** Waits for the first line. */
  void awaitReady() throws InterruptedException {
    for (int second = 0; second < PATIENCE_SECONDS; second++) {
      if (ready.await(1, TimeUnit.SECONDS)) {
        return;
      }
      if (!process.isAlive()) {
        throw new DemoRefused(name + " ended with " + process.exitValue() + "; see why in " + log);
      }
    }
    throw new DemoRefused(name + " was not ready after " + PATIENCE_SECONDS + " s; see " + log);
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Lets it end by itself, and ends it when it does not. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
