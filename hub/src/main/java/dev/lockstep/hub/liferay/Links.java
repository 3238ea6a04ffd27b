package dev.lockstep.hub.liferay;

import tools.jackson.databind.node.ObjectNode;

/** What can be done with a document, and where. */
final class Links {
  private Links() {}

  static void add(ObjectNode actions, String name, String address, String method) {
    actions.putObject(name).put("href", address).put("method", method);
  }
}
