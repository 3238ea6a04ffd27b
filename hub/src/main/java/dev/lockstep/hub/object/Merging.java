package dev.lockstep.hub.object;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What a new body takes over from the document it replaces. */
final class Merging {
  private Merging() {}

  /** Takes over properties that were not sent. */
  static void carry(ObjectNode was, ObjectNode body, String... names) {
    for (String name : names) {
      if ((!body.has(name) || body.path(name).isNull()) && was.has(name)) {
        body.set(name, was.path(name));
      }
    }
  }

  /** Properties that cannot be changed once they are there. */
  static void fixed(ObjectNode was, ObjectNode body, String... names) {
    for (String name : names) {
      if (was.has(name) && body.has(name) && !was.path(name).equals(body.path(name))) {
        throw ModelRefused.invalid(
            name,
            "is '" + Documents.text(was, name) + "' and cannot be changed",
            "delete it, and create another");
      }
      carry(was, body, name);
    }
  }

  /**
   * Gives the parts of a list that were sent the ids of those they replace, found by their code or
   * else by their name.
   *
   * @param keeps whether those that were not sent stay
   */
  static void parts(ObjectNode was, ObjectNode body, String list, boolean keeps) {
    List<ObjectNode> parts = new ArrayList<>(Documents.parts(body, list));
    Set<Long> taken = new HashSet<>();
    for (ObjectNode part : parts) {
      part.remove("id");
      ObjectNode old =
          Documents.part(was, list, "externalReferenceCode", codeOf(part))
              .or(() -> Documents.part(was, list, "name", Documents.text(part, "name")))
              .orElse(null);
      if (old != null && taken.add(old.path("id").longValue())) {
        carry(old, part, "id", "externalReferenceCode", "dateCreated", "status");
        Secrets.keep(old, part);
      }
    }
    if (keeps) {
      Documents.parts(was, list).stream()
          .filter(old -> !taken.contains(old.path("id").longValue()))
          .forEach(parts::add);
    }
    Documents.replace(body, list, parts);
  }

  private static String codeOf(ObjectNode part) {
    String code = Documents.text(part, "externalReferenceCode");
    return code.isEmpty() ? "\u0000" : code;
  }

  /** Gives the entries of a picklist the ids of those with the same key. */
  static void byKey(ObjectNode was, ObjectNode body) {
    if (!body.path("listTypeEntries").isArray()) {
      carry(was, body, "listTypeEntries");
    }
    for (ObjectNode entry : Documents.parts(body, "listTypeEntries")) {
      entry.remove("id");
      Documents.part(was, "listTypeEntries", "key", Documents.text(entry, "key"))
          .ifPresent(old -> carry(old, entry, "id", "externalReferenceCode", "dateCreated"));
    }
  }

  static int place(List<ObjectNode> parts, long id) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).path("id").longValue() == id) {
        return i;
      }
    }
    throw new IllegalStateException("no part " + id);
  }
}
