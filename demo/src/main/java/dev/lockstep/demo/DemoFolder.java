package dev.lockstep.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of a demo: the configuration, the secrets, and the storage of every program. A file
 * {@code systems.json} in it says that it is one.
 */
final class DemoFolder {
  private static final String MARK = "systems.json";
  private static final List<String> SECRETS =
      List.of("crm.key", "desk.token", "finance.password", "reports.password");
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path root;
  private final Ports ports;

  private DemoFolder(Path root, Ports ports) {
    this.root = root;
    this.ports = ports;
  }

  /**
   * Opens a demo's folder, and makes it when there is none or an empty one. What its user changed
   * stays as it is.
   */
  static DemoFolder open(Path root) {
    try {
      if (Files.isRegularFile(root.resolve(MARK))) {
        return existing(root);
      }
      if (Files.exists(root, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder(root)) {
        throw new DemoRefused(
            root
                + " is there and is no folder of a demo, so nothing was written; name another, as in: lockstep demo my-demo");
      }
      return create(root);
    } catch (IOException e) {
      throw new DemoRefused(
          root
              + " cannot be written ("
              + e
              + "); name a folder that can, as in: lockstep demo /tmp/lockstep-demo");
    }
  }

  private static boolean isEmptyFolder(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return false;
    }
    try (Stream<Path> files = Files.list(root)) {
      return files.findAny().isEmpty();
    }
  }

  private static DemoFolder existing(Path root) throws IOException {
    try {
      DemoFolder folder =
          new DemoFolder(root, Ports.read(MAPPER.readTree(Files.readString(root.resolve(MARK)))));
      folder.prepare();
      return folder;
    } catch (JacksonException e) {
      throw new DemoRefused(
          root.resolve(MARK)
              + " cannot be read ("
              + e.getOriginalMessage()
              + "); delete the folder, or name another");
    }
  }

  private static DemoFolder create(Path root) throws IOException {
    Files.createDirectories(root);
    Ports ports = Ports.free();
    DemoFolder folder = new DemoFolder(root, ports);
    folder.prepare();
    Files.writeString(root.resolve("lockstep.yaml"), ports.fill(resource("lockstep.yaml")));
    Files.writeString(root.resolve("README.md"), ports.fill(resource("README.md")));
    // Written last: what it marks is whole.
    Files.writeString(root.resolve(MARK), MAPPER.writeValueAsString(ports.json()) + "\n");
    return folder;
  }

  private void prepare() throws IOException {
    Files.createDirectories(root.resolve("data"));
    Files.createDirectories(root.resolve("logs"));
    Files.createDirectories(root.resolve("secrets"));
    for (String name : SECRETS) {
      Path file = root.resolve("secrets").resolve(name);
      if (!Files.exists(file)) {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        Files.createFile(file);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
          Files.setPosixFilePermissions(
              file, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        }
        Files.writeString(file, HexFormat.of().formatHex(secret) + "\n");
      }
    }
  }

  static String resource(String name) {
    try (InputStream in = DemoFolder.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path root() {
    return root;
  }

  Ports ports() {
    return ports;
  }

  Path data() {
    return root.resolve("data");
  }

  Path log(String program) {
    return root.resolve("logs").resolve(program + ".log");
  }

  Path secretFile(String name) {
    return root.resolve("secrets").resolve(name);
  }

  String secret(String name) {
    try {
      return Files.readString(secretFile(name)).strip();
    } catch (IOException e) {
      throw new DemoRefused(secretFile(name) + " cannot be read (" + e + ")");
    }
  }
}
