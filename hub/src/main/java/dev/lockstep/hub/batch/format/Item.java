package dev.lockstep.hub.batch.format;

import tools.jackson.databind.node.ObjectNode;

/** One item of a content. */
public sealed interface Item {
  /** Its place, counted from 1. */
  long index();

  /** An item that could be read. */
  record Read(long index, ObjectNode value) implements Item {}

  /**
   * An item that cannot be read, while those after it can.
   *
   * @param text what stands there, as far as it is known
   * @param fault what is wrong with it
   */
  record Damaged(long index, String text, String fault) implements Item {}
}
