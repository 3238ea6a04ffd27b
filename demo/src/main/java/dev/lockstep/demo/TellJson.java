package dev.lockstep.demo;

import java.io.PrintWriter;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One JSON document a line. */
final class TellJson implements Teller {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final PrintWriter out;

  TellJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void tell(Event event) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("at", Instant.now().toString());
    line.put("story", event.story().word()).put("event", event.what()).put("text", event.text());
    event.took().ifPresent(took -> line.put("millis", took.toNanos() / 1e6));
    line.setAll(event.facts());
    out.println(MAPPER.writeValueAsString(line));
    out.flush();
  }

  @Override
  public void say(String text) {}
}
