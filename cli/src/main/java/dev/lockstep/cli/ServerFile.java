package dev.lockstep.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells commands where the server of a data folder is reached; there while it runs. */
final class ServerFile {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Path file;

  /** A server that runs, as far as can be told without calling it. */
  record Running(URI address, long pid) {}

  ServerFile(Path data) {
    this.file = data.resolve("server.json");
  }

  /** Written whole or not at all, so that no command reads half of it. */
  void write(URI address, Instant now) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("address", address.toString());
    node.put("pid", ProcessHandle.current().pid());
    node.put("startedAt", now.toString());
    try {
      Path draft = Files.createTempFile(file.getParent(), "server", ".json");
      Files.write(draft, MAPPER.writeValueAsBytes(node));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Failed(file + " cannot be written (" + e + "); give this user the right to");
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It names a process that is gone, which every reader finds out.
      System.getLogger(ServerFile.class.getName())
          .log(System.Logger.Level.WARNING, "{0} stays behind: {1}", file, e);
    }
  }

  /** Empty when there is none, or when its process is gone. */
  Optional<Running> running() {
    try {
      JsonNode node = MAPPER.readTree(Files.readAllBytes(file));
      long pid = node.path("pid").longValue();
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
          ? Optional.of(new Running(URI.create(node.path("address").stringValue()), pid))
          : Optional.empty();
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      // None, or one that a crash left: the store's own lock tells whether somebody uses it.
      return Optional.empty();
    }
  }
}
