package dev.lockstep.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Names and what is said of them, one on each line; of nothing there is none. */
final class Facts {
  private final Map<String, String> facts = new LinkedHashMap<>();

  Facts add(String name, String text) {
    if (!text.isEmpty()) {
      facts.put(name, text);
    }
    return this;
  }

  void print(Printer printer) {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    facts.forEach((name, text) -> printer.line(name + " ".repeat(width - name.length()) + text));
  }

  /**
   * Prints a document as it is, or field by field.
   *
   * @param nothing what is said of a field that is null
   */
  static int tell(Common common, ObjectNode document, String nothing) {
    if (common.isJson()) {
      common.printer().json(document);
      return ExitCode.DONE;
    }
    Facts facts = new Facts();
    for (Map.Entry<String, JsonNode> field : document.properties()) {
      JsonNode value = field.getValue();
      String text = value.isString() ? value.stringValue() : value.toString();
      facts.add(field.getKey(), value.isNull() ? nothing : text);
    }
    facts.print(common.printer());
    return ExitCode.DONE;
  }
}
