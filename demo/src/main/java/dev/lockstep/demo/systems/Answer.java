package dev.lockstep.demo.systems;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a call is answered with. */
record Answer(int status, JsonNode body) {

  static Answer ok(JsonNode body) {
    return new Answer(200, body);
  }

  static Answer nothing() {
    return new Answer(204, JsonNodeFactory.instance.nullNode());
  }

  static Answer refused(int status, String message) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putObject("error").put("message", message);
    return new Answer(status, body);
  }
}
