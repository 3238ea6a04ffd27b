package dev.lockstep.testkit.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server's process in a folder of its own, run by an unprivileged user when the tests run as
 * root, and ended, folder and all, with the JVM.
 */
final class ServerProcess {
  private static final int TRIES = 600;

  private final Path directory;
  private final String user;
  private final int port;
  private @Nullable Process process;

  private ServerProcess(Path directory, String user, int port) {
    this.directory = directory;
    this.user = user;
    this.port = port;
  }

  /** Makes the folder and finds a free port. */
  static ServerProcess in(String prefix, String user) {
    try {
      Path directory = Files.createTempDirectory(prefix);
      ServerProcess server = new ServerProcess(directory, user, FreePort.take());
      Runtime.getRuntime().addShutdownHook(new Thread(server::end));
      if (server.isRoot()) {
        server.plain(List.of("chown", user, directory.toString()));
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  Path directory() {
    return directory;
  }

  int port() {
    return port;
  }

  /** Runs a command to its end as the server's user. */
  void run(List<String> command) {
    plain(asUser(command));
  }

  private List<String> asUser(List<String> command) {
    if (!isRoot()) {
      return command;
    }
    List<String> all =
        new ArrayList<>(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
    all.addAll(command);
    return all;
  }

  private void plain(List<String> command) {
    try {
      Process once = builder(command).start();
      if (once.waitFor() != 0) {
        throw new IllegalStateException(command + " failed: " + log());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command + " was interrupted", e);
    }
  }

  private ProcessBuilder builder(List<String> command) {
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile()));
  }

  private File logFile() {
    return new File(directory.toString() + ".log");
  }

  private String log() {
    try {
      return Files.readString(logFile().toPath());
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** Starts the server itself. */
  void start(List<String> command) {
    try {
      process = builder(asUser(command)).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something that succeeds once the server answers. */
  interface Probe {
    void probe() throws SQLException;
  }

  /** Waits until the server answers; fails with its log when it has ended or takes a minute. */
  void awaitReady(Probe probe) {
    for (int i = 0; i < TRIES; i++) {
      try {
        probe.probe();
        return;
      } catch (SQLException e) {
        Process running = process;
        if (running == null || hasEnded(running)) {
          throw new IllegalStateException("the server ended: " + log(), e);
        }
      }
    }
    throw new IllegalStateException("the server does not answer: " + log());
  }

  private static boolean hasEnded(Process running) {
    try {
      return running.waitFor(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Kills the server, as a machine that loses its power does. */
  void kill() {
    Process running = process;
    if (running != null) {
      try {
        running.destroyForcibly().waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void end() {
    Process running = process;
    try {
      if (running != null) {
        running.destroy();
        if (!running.waitFor(20, TimeUnit.SECONDS)) {
          running.destroyForcibly().waitFor();
        }
      }
      delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void delete() throws IOException {
    Files.deleteIfExists(logFile().toPath());
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
