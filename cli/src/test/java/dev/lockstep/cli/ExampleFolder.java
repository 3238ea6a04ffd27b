package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.servers.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A copy of an example on ports of its own: the commands of its README are run there by a shell
 * that finds {@code lockstep}.
 */
final class ExampleFolder implements AutoCloseable {
  private final Path folder;
  private final Path programs;
  private final int firstPort;
  private final List<Integer> ports = new ArrayList<>();
  private final Map<String, Process> processes = new HashMap<>();

  /**
   * @param name of the example
   * @param firstPort of those that it uses, one after the other
   * @param empty a folder for it
   */
  ExampleFolder(String name, int firstPort, int count, Path empty) throws IOException {
    this.folder = Files.createDirectory(empty.resolve(name));
    this.programs = Files.createDirectory(empty.resolve("bin"));
    this.firstPort = firstPort;
    for (int i = 0; i < count; i++) {
      ports.add(FreePort.take());
    }
    Path example = Path.of("..", "examples", name);
    try (Stream<Path> files = Files.walk(example)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(example.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, onOwnPorts(Files.readString(file)));
        assertThat(copy.toFile().setExecutable(file.toFile().canExecute())).isTrue();
      }
    }
    Path program = programs.resolve("lockstep");
    Files.writeString(program, "#!/bin/sh\nexec '" + String.join("' '", java()) + "' \"$@\"\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private String onOwnPorts(String text) {
    String own = text;
    for (int i = 0; i < ports.size(); i++) {
      own = own.replace(Integer.toString(firstPort + i), Integer.toString(ports.get(i)));
    }
    return own;
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }

  /** The port that stands for one of the example. */
  int port(int number) {
    return ports.get(number);
  }

  /** Runs the commands of a block below a heading of the README; answers what they printed. */
  String readme(String heading, int block) throws Exception {
    String text = Files.readString(folder.resolve("README.md"));
    String section = text.split("\n## " + heading + "\n", -1)[1].split("\n## ", -1)[0];
    List<String> blocks =
        Stream.of(section.split("\n\n", -1)).filter(part -> part.startsWith("    ")).toList();
    return shell(
        blocks
            .get(block)
            .replaceAll("(?m)^ *(curl .*)$", "$1 -sS; echo")
            .replaceAll("(?m)^    ", ""));
  }

  /** Runs a script, which must end well. */
  String shell(String script) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-ec", script)
            .directory(folder.toFile())
            .redirectError(Redirect.INHERIT);
    builder.environment().merge("PATH", programs.toString(), (path, own) -> own + ":" + path);
    Process process = builder.start();
    String printed;
    try (BufferedReader out = process.inputReader()) {
      printed = String.join("\n", out.lines().toList());
    }
    assertThat(process.waitFor()).as("%s%n%s", script, printed).isZero();
    return printed;
  }

  /** Starts {@code lockstep} under a name, and waits until it is ready. */
  void start(String name, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(java());
    line.addAll(List.of(arguments));
    line.add("--json");
    Process process =
        new ProcessBuilder(line).directory(folder.toFile()).redirectError(Redirect.INHERIT).start();
    processes.put(name, process);
    BufferedReader lines = process.inputReader();
    String read = lines.readLine();
    while (read != null && !read.contains("\"event\":\"ready\"") && !read.contains("\"address\"")) {
      read = lines.readLine();
    }
    assertThat(read).as(name).isNotNull();
  }

  /** As kill -9. */
  void kill(String name) throws InterruptedException {
    Objects.requireNonNull(processes.remove(name)).destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    for (Process process : processes.values()) {
      process.destroyForcibly().onExit().join();
    }
  }
}
