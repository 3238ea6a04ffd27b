package dev.lockstep.hub.batch;

/** What is done with items. */
public enum Operation {
  CREATE,
  DELETE,
  UPDATE
}
