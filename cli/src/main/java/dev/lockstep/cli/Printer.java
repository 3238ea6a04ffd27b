package dev.lockstep.cli;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints on standard output. */
final class Printer {
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final JsonMapper COMPACT = JsonMapper.builder().build();

  private final Terminal terminal;

  Printer(Terminal terminal) {
    this.terminal = terminal;
  }

  Terminal terminal() {
    return terminal;
  }

  void json(JsonNode document) {
    line(PRETTY.writeValueAsString(document));
  }

  /** One of several documents, on a line of its own. */
  void jsonLine(JsonNode document) {
    line(COMPACT.writeValueAsString(document));
  }

  void line(String text) {
    terminal.out().println(text);
    terminal.out().flush();
  }

  void lines(List<String> lines) {
    lines.forEach(terminal.out()::println);
    terminal.out().flush();
  }
}
