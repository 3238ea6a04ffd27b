package dev.lockstep.server.config;

import dev.lockstep.connector.Connector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Reads {@code lockstep.yaml} and checks it whole. Calls no system and needs none. Whatever the
 * file holds, the answer is a configuration or its problems, never an exception.
 */
public final class LoadConfiguration {
  /** The file's name in its folder. */
  public static final String FILE = "lockstep.yaml";

  private static final long LONGEST = 4 << 20;

  private final List<Connector> connectors;
  private final Map<String, String> environment;
  private final Instant now;

  /**
   * @param connectors the kinds of systems there are
   * @param environment what {@code ${NAME}} is looked up in
   * @param now when schedules must still have a time to come
   */
  public LoadConfiguration(
      List<Connector> connectors, Map<String, String> environment, Instant now) {
    this.connectors = List.copyOf(connectors);
    this.environment = Map.copyOf(environment);
    this.now = now;
  }

  /** The connectors on the class path. */
  public static List<Connector> installedConnectors() {
    List<Connector> found = new ArrayList<>();
    ServiceLoader.load(Connector.class).forEach(found::add);
    return found;
  }

  /** Loads from a folder, or from a file of any name. */
  public Loaded load(Path path) {
    Path file = (Files.isDirectory(path) ? path.resolve(FILE) : path).toAbsolutePath().normalize();
    Problems problems = new Problems(String.valueOf(file.getFileName()));
    Optional<byte[]> bytes = bytes(file, problems);
    return bytes.isEmpty()
        ? new Loaded.Invalid(problems.all())
        : read(file, new SourceText(problems).of(bytes.get()), problems);
  }

  private static Optional<byte[]> bytes(Path file, Problems problems) {
    try {
      if (!Files.isRegularFile(file)) {
        problems.add(
            Where.FILE,
            "there is no file " + file,
            "name the folder that has one, or write it: lockstep: 1, systems and syncs");
      } else if (Files.size(file) > LONGEST) {
        problems.add(Where.FILE, "the file is larger than 4 MiB", "name a configuration");
      } else {
        return Optional.of(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      problems.add(
          Where.FILE, "the file cannot be read: " + e, "give this user the right to read it");
    }
    return Optional.empty();
  }

  private Loaded read(Path file, String text, Problems problems) {
    Optional<Node> root = ReadYaml.read(text, problems);
    if (root.orElse(null) instanceof Node.Block block) {
      Node resolved =
          new Variables(file.resolveSibling(""), environment, problems).resolved(Where.FILE, block);
      return new ReadFile(file, (Node.Block) resolved, connectors, now, problems).read();
    }
    if (problems.isEmpty()) {
      problems.add(
          new Where("", new Place(1, 1)),
          root.isEmpty() ? "the file is empty" : "the file is " + root.get().kind(),
          "start with lockstep: 1, then systems and syncs");
    }
    return new Loaded.Invalid(problems.all());
  }
}
