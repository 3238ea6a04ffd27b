package dev.lockstep.hub.batch.document;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Definitions of objects, with all their parts. */
record DefinitionShelf(Definitions definitions) implements Shelf {
  @Override
  public Optional<ObjectNode> coded(String code) {
    return definitions.model().byCode(code).map(Definition::body);
  }

  @Override
  public Optional<ObjectNode> numbered(long id) {
    return definitions.model().definition(id).map(Definition::body);
  }

  @Override
  public void create(ObjectNode body) {
    definitions.create(body);
  }

  @Override
  public void change(ObjectNode present, ObjectNode body, boolean whole) {
    long id = present.path("id").longValue();
    if (whole) {
      definitions.replace(id, body);
    } else {
      definitions.patch(id, body);
    }
  }

  @Override
  public void delete(ObjectNode present) {
    definitions.delete(present.path("id").longValue());
  }

  @Override
  public List<ObjectNode> all() throws InterruptedException {
    List<ObjectNode> all = new ArrayList<>();
    for (Definition definition : definitions.model().definitions()) {
      all.add(definitions.shown(definition.body()));
    }
    return all;
  }

  @Override
  public void demand(Access access, Wish wish, Optional<ObjectNode> present) {
    if (present.isEmpty()) {
      access.demandAny(wish == Wish.SEE ? Right.VIEW : Right.ADD_OBJECT_DEFINITION);
    } else {
      access.demand(DocumentShelf.right(wish), new Definition(present.get()));
    }
  }
}
