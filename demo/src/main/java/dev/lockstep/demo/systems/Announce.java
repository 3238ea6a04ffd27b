package dev.lockstep.demo.systems;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
   * @param revision as the record says; 0 when it says nothing
   */
  static void call(String method, String key, int status, long revision) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("at", Instant.now().truncatedTo(ChronoUnit.MICROS).toString());
    line.put("method", method).put("key", key).put("status", status).put("revision", revision);
    print(line);
  }

  private static synchronized void print(ObjectNode line) {
    System.out.println(MAPPER.writeValueAsString(line));
    System.out.flush();
  }
}
