package dev.lockstep.hub.batch.document;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.Folder;
import dev.lockstep.hub.object.NotificationTemplate;
import dev.lockstep.hub.object.Picklist;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Documents that stand by themselves, beside the definitions.
 *
 * @param documents those there are
 */
record DocumentShelf(
    Supplier<List<ObjectNode>> documents,
    Consumer<ObjectNode> creation,
    Change change,
    LongConsumer deletion,
    Guard guard)
    implements Shelf {

  /** Makes the document of an id read as the body says, or only sets what it has. */
  interface Change {
    void run(long id, ObjectNode body, boolean whole);
  }

  /** Throws unless a caller may do this. */
  interface Guard {
    void demand(Access access, Wish wish, boolean isNew);
  }

  /** Folders of definitions. */
  static DocumentShelf folders(Definitions definitions) {
    return new DocumentShelf(
        () -> definitions.model().folders().stream().map(Folder::body).toList(),
        body -> definitions.folders().create(body),
        (id, body, whole) -> definitions.folders().change(id, body, whole),
        id -> definitions.folders().delete(id),
        (access, wish, isNew) -> {
          access.demandAny(wish == Wish.SEE ? Right.VIEW : Right.UPDATE);
        });
  }

  /** Picklists with their entries. */
  static DocumentShelf picklists(Definitions definitions) {
    return new DocumentShelf(
        () -> definitions.model().picklists().stream().map(Picklist::body).toList(),
        body -> definitions.picklists().create(body),
        (id, body, whole) -> definitions.picklists().change(id, body, whole),
        id -> definitions.picklists().delete(id),
        (access, wish, isNew) -> {
          access.demandPicklists(
              isNew && wish == Wish.WRITE ? Right.ADD_LIST_TYPE_DEFINITION : right(wish));
        });
  }

  /** Templates of messages. */
  static DocumentShelf templates(Definitions definitions) {
    return new DocumentShelf(
        () -> definitions.model().templates().stream().map(NotificationTemplate::body).toList(),
        body -> definitions.notificationTemplates().create(body),
        (id, body, whole) -> definitions.notificationTemplates().change(id, body, whole),
        id -> definitions.notificationTemplates().delete(id),
        (access, wish, isNew) -> {
          access.demandAny(wish == Wish.SEE ? Right.VIEW : Right.UPDATE);
        });
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
    return documents.get().stream()
        .filter(it -> it.path("externalReferenceCode").asString("").equals(code))
        .findFirst();
  }

  @Override
  public Optional<ObjectNode> numbered(long id) {
    return documents.get().stream().filter(it -> it.path("id").longValue(0) == id).findFirst();
  }

  @Override
  public void create(ObjectNode body) {
    creation.accept(body);
  }

  @Override
  public void change(ObjectNode present, ObjectNode body, boolean whole) {
    change.run(present.path("id").longValue(), body, whole);
  }

  @Override
  public void delete(ObjectNode present) {
    deletion.accept(present.path("id").longValue());
  }

  @Override
  public List<ObjectNode> all() {
    return documents.get();
  }

  @Override
  public void demand(Access access, Wish wish, Optional<ObjectNode> present) {
    guard.demand(access, wish, present.isEmpty());
  }
}
