package dev.lockstep.hub.batch.document;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.NamedDocument;
import dev.lockstep.hub.object.NamedDocuments;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Documents that stand by themselves, beside the definitions. */
record DocumentShelf(NamedDocuments<?> documents, Guard guard) implements Shelf {

  /** Throws unless a caller may do this. */
  interface Guard {
    void demand(Access access, Wish wish, boolean isNew);
  }

  /** Folders of definitions. */
  static DocumentShelf folders(Definitions definitions) {
    return new DocumentShelf(definitions.folders(), DocumentShelf::demandAny);
  }

  /** Picklists with their entries. */
  static DocumentShelf picklists(Definitions definitions) {
    return new DocumentShelf(
        definitions.picklists(),
        (access, wish, isNew) -> {
          access.demandPicklists(
              isNew && wish == Wish.WRITE ? Right.ADD_LIST_TYPE_DEFINITION : right(wish));
        });
  }

  /** Templates of messages. */
  static DocumentShelf templates(Definitions definitions) {
    return new DocumentShelf(definitions.notificationTemplates(), DocumentShelf::demandAny);
  }

  private static void demandAny(Access access, Wish wish, boolean isNew) {
    access.demandAny(wish == Wish.SEE ? Right.VIEW : Right.UPDATE);
  }

  static Right right(Wish wish) {
    return switch (wish) {
      case SEE -> Right.VIEW;
      case WRITE -> Right.UPDATE;
      case DELETE -> Right.DELETE;
    };
  }

  @Override
  public Optional<ObjectNode> coded(String code) {
    return documents.coded(code).map(NamedDocument::body);
  }

  @Override
  public Optional<ObjectNode> numbered(long id) {
    return documents.numbered(id).map(NamedDocument::body);
  }

  @Override
  public void create(ObjectNode body) {
    documents.create(body);
  }

  @Override
  public void change(ObjectNode present, ObjectNode body, boolean whole) {
    documents.change(present.path("id").longValue(), body, whole);
  }

  @Override
  public void delete(ObjectNode present) {
    documents.delete(present.path("id").longValue());
  }

  @Override
  public List<ObjectNode> all() {
    return documents.all().stream().<ObjectNode>map(NamedDocument::body).toList();
  }

  @Override
  public void demand(Access access, Wish wish, Optional<ObjectNode> present) {
    guard.demand(access, wish, present.isEmpty());
  }
}
