package dev.lockstep.server.page;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A dead letter, whole. */
public record LetterDetail(
    long id,
    String reason,
    String remedy,
    List<Fact> facts,
    String fieldsTitle,
    List<Fact> fields) {
  public LetterDetail {
    facts = List.copyOf(facts);
    fields = List.copyOf(fields);
  }

  /** A name and its value. */
  public record Fact(String name, String value) {}

  /** From the document that the API answers with. */
  static LetterDetail of(ObjectNode letter) {
    List<Fact> facts = new ArrayList<>();
    for (String name :
        List.of("sync", "key", "state", "change", "dataset", "place", "committedAt", "createdAt")) {
      String value = letter.path(name).stringValue("");
      if (!value.isEmpty()) {
        facts.add(new Fact(words(name), value));
      }
    }
    boolean hasRecord = letter.get("record") instanceof ObjectNode;
    List<Fact> fields = new ArrayList<>();
    if (letter.get("raw") instanceof JsonNode raw) {
      fields.add(new Fact("raw", raw.stringValue()));
    } else if (letter.get(hasRecord ? "record" : "before") instanceof ObjectNode row) {
      row.properties()
          .forEach(field -> fields.add(new Fact(field.getKey(), text(field.getValue()))));
    }
    return new LetterDetail(
        letter.get("id").longValue(),
        letter.get("reason").stringValue(),
        letter.get("remedy").stringValue(),
        facts,
        hasRecord
            ? "The record"
            : letter.has("raw") ? "What was read" : "The record as it last was",
        fields);
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }

  private static String words(String name) {
    return switch (name) {
      case "committedAt" -> "changed at";
      case "createdAt" -> "refused at";
      default -> name;
    };
  }
}
