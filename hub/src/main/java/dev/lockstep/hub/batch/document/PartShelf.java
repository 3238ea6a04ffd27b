package dev.lockstep.hub.batch.document;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.PartKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields, relationships, actions and the like, of one definition or of all.
 *
 * @param parent the external reference code of the definition; empty where each item names its own
 */
record PartShelf(Definitions definitions, PartKind kind, Optional<String> parent) implements Shelf {

  @Override
  public Optional<ObjectNode> coded(String code) {
    return parts()
        .filter(it -> it.path("externalReferenceCode").asString("").equals(code))
        .findFirst();
  }

  @Override
  public Optional<ObjectNode> numbered(long id) {
    return definitions.part(kind, id).map(Definitions.Part::body);
  }

  @Override
  public Optional<ObjectNode> like(ObjectNode item) {
    JsonNode name = item.path("name");
    return name.isString() && parent.isPresent()
        ? parts().filter(it -> it.path("name").equals(name)).findFirst()
        : Optional.empty();
  }

  private Stream<ObjectNode> parts() {
    return definitions.model().definitions().stream()
        .filter(it -> parent.isEmpty() || it.code().equals(parent.get()))
        .flatMap(it -> it.parts(kind).stream());
  }

  @Override
  public void create(ObjectNode body) {
    definitions.add(kind, owner(body).id(), body);
  }

  private Definition owner(ObjectNode body) {
    String named =
        body.path("objectDefinitionExternalReferenceCode1")
            .asString(body.path("objectDefinitionExternalReferenceCode").asString(""));
    String code = parent.orElse(named);
    if (code.isEmpty()) {
      throw new ItemRefused(
          "names no definition",
          "send the definition's code as the parameter externalReferenceCode, or batchExternalReferenceCode");
    }
    return definitions
        .byCode(code)
        .orElseThrow(() ->
            ItemRefused.waiting(
                "No ObjectDefinition exists with the external reference code " + code,
                "create it first"));
  }

  @Override
  public void change(ObjectNode present, ObjectNode body, boolean whole) {
    definitions.change(kind, present.path("id").longValue(), body, whole);
  }

  @Override
  public void delete(ObjectNode present) {
    definitions.remove(kind, present.path("id").longValue());
  }

  @Override
  public List<ObjectNode> all() throws InterruptedException {
    List<ObjectNode> all = new ArrayList<>();
    for (ObjectNode part : parts().toList()) {
      all.add(definitions.shown(part));
    }
    return all;
  }

  @Override
  public void demand(Access access, Wish wish, Optional<ObjectNode> present) {
    // A relationship gives a field to another definition, so one's own is not enough for it.
    access.demandAny(wish == Wish.SEE ? Right.VIEW : Right.UPDATE);
  }
}
