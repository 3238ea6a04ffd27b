package dev.lockstep.connectors.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What an error's answer says, in one short line without secrets. */
final class AnswerText {
  private static final int LENGTH = 300;
  private static final List<String> TELLING =
      List.of(
          "message",
          "error_description",
          "detail",
          "errormessage",
          "description",
          "error",
          "title",
          "reason");

  private AnswerText() {}

  /** The status and what the body says about it. */
  static String of(int status, byte[] body, Redactor redactor) {
    String said = said(body);
    String clean = Faults.cut(redactor.clean(said), LENGTH);
    return clean.isEmpty() ? String.valueOf(status) : status + ": " + clean;
  }

  private static String said(byte[] body) {
    Map<List<String>, String> scalars = SmallJson.scalars(body);
    for (String word : TELLING) {
      for (Map.Entry<List<String>, String> scalar : scalars.entrySet()) {
        if (scalar.getKey().getLast().equalsIgnoreCase(word) && !scalar.getValue().isBlank()) {
          return scalar.getValue();
        }
      }
    }
    // A page made for people: its tags say nothing.
    return new String(body, StandardCharsets.UTF_8)
        .replaceAll("(?is)<(script|style)\\b.*?</\\1>", " ")
        .replaceAll("(?s)<[^>]{0,500}>", " ");
  }
}
