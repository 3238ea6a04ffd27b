package dev.lockstep.hub.batch.document;

import dev.lockstep.hub.access.Access;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The documents of one kind. Its changes throw what the documents' own classes throw. */
interface Shelf {
  /** The document of an external reference code. */
  Optional<ObjectNode> coded(String code);

  /** The document of an id. */
  Optional<ObjectNode> numbered(long id);

  /** The document that an item without a code means, where kinds know another name for it. */
  default Optional<ObjectNode> like(ObjectNode item) {
    return Optional.empty();
  }

  void create(ObjectNode body);

  /** Makes a document that is there read as the body says, or only sets what it has. */
  void change(ObjectNode present, ObjectNode body, boolean whole);

  void delete(ObjectNode present);

  /** All documents, in a stable order, as a caller may see them. */
  List<ObjectNode> all() throws InterruptedException;

  /**
   * Throws unless a caller may do this. Roles are looked at; the scope of a token is that of the
   * batch engine, as Liferay has it: its archives name no other for picklists.
   *
   * @param present the document in question; empty for a new one
   */
  void demand(Access access, Wish wish, Optional<ObjectNode> present);

  /** What a caller wishes. */
  enum Wish {
    SEE,
    WRITE,
    DELETE
  }
}
