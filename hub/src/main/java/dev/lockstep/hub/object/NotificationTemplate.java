package dev.lockstep.hub.object;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a message says and who gets it, read from its document. */
public record NotificationTemplate(ObjectNode body) implements NamedDocument {
  /** Whether its messages are mail. */
  public boolean isMail() {
    return Documents.text(body, "type").equals("email");
  }

  public String subject() {
    return text(body.path("subject"));
  }

  public String text() {
    return text(body.path("body"));
  }

  /** Who gets it, and from whom: one or none. */
  public List<Recipient> recipients() {
    List<Recipient> all = new ArrayList<>();
    for (JsonNode each : body.path("recipients")) {
      all.add(
          new Recipient(
              text(each.path("from")),
              text(each.path("fromName")),
              text(each.path("to")),
              text(each.path("cc")),
              text(each.path("bcc"))));
    }
    return all;
  }

  /** Addresses, with commas between them; each may have terms. */
  public record Recipient(String from, String fromName, String to, String cc, String bcc) {}

  /** A text, or one of several languages: English, else any. */
  private static String text(JsonNode value) {
    if (!value.isObject()) {
      return value.asString("");
    }
    JsonNode english = value.path("en_US");
    if (english.isString() || value.isEmpty()) {
      return english.asString("");
    }
    return value.iterator().next().asString("");
  }
}
