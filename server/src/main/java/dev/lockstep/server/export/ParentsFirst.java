package dev.lockstep.server.export;

import dev.lockstep.hub.object.DefinedRelationship;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The order in which objects can be made: those that others refer to first, and otherwise by their
 * names. Where they refer to each other in a circle, one of them is the first.
 */
record ParentsFirst(Model model) {
  List<Definition> order(List<Definition> objects) {
    List<Definition> named = new ArrayList<>(new LinkedHashSet<>(objects));
    named.sort(Comparator.comparing(Definition::name));
    Set<Definition> ordered = new LinkedHashSet<>();
    Set<Definition> onTheWay = new LinkedHashSet<>();
    named.forEach(it -> place(it, named, ordered, onTheWay));
    return List.copyOf(ordered);
  }

  private void place(
      Definition object,
      List<Definition> objects,
      Set<Definition> ordered,
      Set<Definition> onTheWay) {
    if (!onTheWay.add(object)) {
      return;
    }
    for (Definition other : objects) {
      for (DefinedRelationship relationship : other.relationships()) {
        if (relationship.child().equals(object.name())) {
          place(other, objects, ordered, onTheWay);
        }
      }
    }
    ordered.add(object);
  }
}
