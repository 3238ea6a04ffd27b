package dev.lockstep.hub.object;

import tools.jackson.databind.node.ObjectNode;

/** A folder of definitions, read from its document. */
public record Folder(ObjectNode body) implements NamedDocument {}
