package dev.lockstep.testkit.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Appends every change to a file, one JSON line each, or to nothing. Thread-safe. */
final class RestStorage implements AutoCloseable {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final @Nullable Writer out;

  private RestStorage(@Nullable Writer out) {
    this.out = out;
  }

  static RestStorage none() {
    return new RestStorage(null);
  }

  static RestStorage at(Path file) throws IOException {
    return new RestStorage(
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /** Brings back what an earlier process left, without a last line that a kill cut. */
  static void restore(Path file, RestTarget into) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    Files.writeString(file, whole);
    for (String line : whole.lines().toList()) {
      JsonNode change = MAPPER.readTree(line);
      into.collection(change.path("collection").asString())
          .restore(
              change.path("key").asString(),
              Optional.ofNullable((ObjectNode) change.get("record")));
    }
  }

  void stored(String collection, String key, ObjectNode record) {
    ObjectNode line = MAPPER.createObjectNode().put("collection", collection).put("key", key);
    append(line.set("record", record).toString());
  }

  void deleted(String collection, String key) {
    append(MAPPER.createObjectNode().put("collection", collection).put("key", key).toString());
  }

  private synchronized void append(String line) {
    if (out == null) {
      return;
    }
    try {
      out.write(line + "\n");
      out.flush();
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
