package dev.lockstep.server.page;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** A conflict of a two-way sync in the list. */
public record ConflictView(
    long id,
    String sync,
    String key,
    String state,
    Tone tone,
    String winner,
    String policy,
    String found,
    String why) {

  static ConflictView of(JsonNode conflict, Moments moments) {
    String state = conflict.get("state").stringValue();
    return new ConflictView(
        conflict.get("id").longValue(),
        conflict.get("sync").stringValue(),
        conflict.get("key").stringValue(),
        state,
        switch (state) {
          case "held" -> Tone.BAD;
          case "pending" -> Tone.WARN;
          default -> Tone.CALM;
        },
        conflict.get("winner").stringValue(),
        conflict.get("policy").stringValue(),
        moments.text(Instant.parse(conflict.get("foundAt").stringValue())),
        conflict.get("why").stringValue());
  }
}
