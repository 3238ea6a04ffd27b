package dev.lockstep.simulation;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a sync stood, as a child told it. */
record Standing(JsonNode json) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static Standing parse(String text) {
    return new Standing(MAPPER.readTree(text));
  }

  String sync() {
    return json.path("sync").asString();
  }

  long count(String name) {
    return json.required(name).asLong();
  }

  /** Invariant 5, as the status itself sees it. */
  void checkBalanced(String when, Tally tally) {
    if (!json.required("balanced").asBoolean()) {
      tally.unbalanced(when + ": " + json);
    }
  }

  /** A number that is known from elsewhere. */
  void check(String name, long wanted, Tally tally) {
    if (count(name) != wanted) {
      tally.unbalanced(name + " should be " + wanted + ": " + json);
    }
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
