package dev.lockstep.hub.object;

import dev.lockstep.connector.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Collects all that is wrong with one document, so that its sender is told at once. */
final class Findings {
  private final List<Problem> problems = new ArrayList<>();

  void add(String setting, String message, String remedy) {
    problems.add(new Problem(setting, message, remedy));
  }

  /** The text of a document must be of a form. */
  void form(ObjectNode document, String name, String place, Pattern form, String remedy) {
    String text = Documents.text(document, name);
    if (!form.matcher(text).matches()) {
      add(place + name, text.isEmpty() ? "is missing" : "'" + text + "' cannot be used", remedy);
    }
  }

  /** A text of a document must be one of some words; a default is set where there is none. */
  void oneOf(
      ObjectNode document, String name, String place, String initial, Collection<String> words) {
    String text = Documents.text(document, name);
    if (text.isEmpty() && !initial.isEmpty()) {
      document.put(name, initial);
    } else if (!words.contains(text)) {
      add(
          place + name,
          text.isEmpty() ? "is missing" : "'" + text + "' is none of its values",
          "send one of " + String.join(", ", words));
    }
  }

  /** A label by languages is there; a plain text becomes the label in the default language. */
  void label(ObjectNode document, String name, String place, String language, String initial) {
    JsonNode label = document.path(name);
    if (label.isString()) {
      document.putObject(name).put(language, label.stringValue());
    } else if (label instanceof ObjectNode labels && !labels.isEmpty()) {
      for (JsonNode each : labels) {
        if (!each.isString() && !each.isNull()) {
          add(place + name, "holds something else than texts", "send {\"en_US\": \"…\"}");
          return;
        }
      }
    } else if (!initial.isEmpty()) {
      document.putObject(name).put(language, initial);
    } else {
      add(place + name, "is missing", "send {\"en_US\": \"…\"}");
    }
  }

  /** Sets what was not sent. */
  static void initially(ObjectNode document, String name, boolean value) {
    if (!document.path(name).isBoolean()) {
      document.put(name, value);
    }
  }

  /** Sets what was not sent. */
  static void initially(ObjectNode document, String name, String value) {
    if (Documents.text(document, name).isEmpty()) {
      document.put(name, value);
    }
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  /** Throws all that was found. */
  void orRefuse() {
    if (!problems.isEmpty()) {
      throw new ModelRefused(ModelRefused.Kind.INVALID, problems);
    }
  }
}
