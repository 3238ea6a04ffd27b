package dev.lockstep.server.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A conflict with what both ends held.
 *
 * @param from the end named first, as people know it
 * @param fields the records side by side
 * @param gone what is said where an end had no record; empty where both had
 * @param command what decides or reverses it, to be typed
 * @param objects whether objects are defined here, which have pages of their own
 */
public record ConflictDetail(
    ConflictView conflict,
    String from,
    String to,
    List<Side> fields,
    String gone,
    String command,
    boolean objects) {
  public ConflictDetail {
    fields = List.copyOf(fields);
  }

  /** A field at both ends. */
  public record Side(String field, String from, String to, boolean differs) {}

  /** Whether a person is to decide it. */
  public boolean held() {
    return conflict.state().equals("held");
  }

  static ConflictDetail of(
      JsonNode conflict, String from, String to, Moments moments, boolean objects) {
    ConflictView view = ConflictView.of(conflict, moments);
    Set<String> differing = new LinkedHashSet<>();
    conflict.get("fields").forEach(each -> differing.add(each.stringValue()));
    JsonNode first = conflict.get("from");
    JsonNode second = conflict.get("to");
    Set<String> names = new LinkedHashSet<>();
    names.addAll(first.propertyNames());
    names.addAll(second.propertyNames());
    List<Side> sides = new ArrayList<>();
    for (String name : names) {
      String left = text(first.path(name));
      String right = text(second.path(name));
      sides.add(new Side(name, left, right, differing.contains(name)));
    }
    return new ConflictDetail(
        view, from, to, sides, gone(first, second, from, to), command(view), objects);
  }

  private static String gone(JsonNode first, JsonNode second, String from, String to) {
    if (first.isNull()) {
      return from + " had no record any more.";
    }
    return second.isNull() ? to + " had no record any more." : "";
  }

  private static String command(ConflictView view) {
    return view.state().equals("held")
        ? "lockstep conflicts resolve " + view.sync() + " " + view.key() + " --take from"
        : "lockstep conflicts reverse " + view.id() + " --take from";
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return value.isString() ? value.stringValue() : value.toString();
  }
}
