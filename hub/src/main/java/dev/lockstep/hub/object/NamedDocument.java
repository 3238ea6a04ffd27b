package dev.lockstep.hub.object;

import tools.jackson.databind.node.ObjectNode;

/** A document that stands by itself beside the definitions; it was checked and is not changed. */
public sealed interface NamedDocument permits Folder, NotificationTemplate, Picklist {

  ObjectNode body();

  default long id() {
    return body().path("id").longValue(0);
  }

  default String code() {
    return Documents.text(body(), "externalReferenceCode");
  }

  default String name() {
    return Documents.text(body(), "name");
  }
}
