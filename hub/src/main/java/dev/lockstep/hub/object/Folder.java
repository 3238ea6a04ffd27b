package dev.lockstep.hub.object;

import tools.jackson.databind.node.ObjectNode;

/** A folder of definitions, read from its document. */
public record Folder(ObjectNode body) {

  public long id() {
    return body.path("id").longValue(0);
  }

  public String code() {
    return Documents.text(body, "externalReferenceCode");
  }
}
