package dev.lockstep.demo.systems;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells the demo, on standard output, what this system has just done; a JSON document a line. */
final class Announce {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Announce() {}

  static void ready() {
    print(JsonNodeFactory.instance.objectNode().put("ready", true));
  }

  /**
   * A record was written, deleted or refused, and that is durable here.
   *
   * @param changedAt when the source changed it, as the record says
   */
  static void call(String method, String key, int status, @Nullable String changedAt) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("at", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
    line.put("method", method).put("key", key).put("status", status).put("changedAt", changedAt);
    print(line);
  }

  private static synchronized void print(ObjectNode line) {
    System.out.println(MAPPER.writeValueAsString(line));
    System.out.flush();
  }
}
