package dev.lockstep.hub.liferay;

import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.Model;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The shapes of the present model, each read once. Thread-safe. */
final class EntryShapes {
  private final Definitions definitions;
  private volatile Read read;

  private record Read(Model model, Map<Long, EntryShape> shapes) {}

  EntryShapes(Definitions definitions) {
    this.definitions = definitions;
    this.read = new Read(definitions.model(), new ConcurrentHashMap<>());
  }

  EntryShape of(Definition definition) {
    return present()
        .shapes()
        .computeIfAbsent(definition.id(), _ -> new EntryShape(definitions.model(), definition));
  }

  /** What an entry has in an encrypted field. */
  String opened(EntryShape shape, EntryShape.Column column, String sealed) {
    return definitions.opened(shape.definition(), column.field(), sealed);
  }

  /** The shape of the entries at an address. */
  EntryShape at(String path) {
    return definitions
        .model()
        .byPath(path)
        .filter(Definition::published)
        .filter(Definition::active)
        .map(this::of)
        .orElseThrow(() -> Fault.missing("There is no published object at /o/c/" + path));
  }

  /**
   * By reference: a model is one moment of the documents, and comparing their texts would cost
   * more.
   */
  @SuppressWarnings("ReferenceEquality")
  private Read present() {
    Read known = read;
    if (known.model() != definitions.model()) {
      known = new Read(definitions.model(), new ConcurrentHashMap<>());
      read = known;
    }
    return known;
  }
}
