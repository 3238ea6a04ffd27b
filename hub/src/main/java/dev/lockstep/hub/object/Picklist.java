package dev.lockstep.hub.object;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A list of values with names, read from its document, which was checked and is not changed. */
public record Picklist(ObjectNode body) implements NamedDocument {
  public List<ObjectNode> entries() {
    return Documents.parts(body, "listTypeEntries");
  }

  public List<String> keys() {
    return entries().stream().map(entry -> Documents.text(entry, "key")).toList();
  }

  /** The name of a value; the key itself when the value is no longer in the list. */
  public String nameOf(String key) {
    return entries().stream()
        .filter(entry -> Documents.text(entry, "key").equals(key))
        .map(entry -> Documents.text(entry, "name"))
        .findFirst()
        .orElse(key);
  }

  /** The entry with an id. */
  public Optional<ObjectNode> entry(long id) {
    return entries().stream().filter(it -> it.path("id").longValue(0) == id).findFirst();
  }
}
