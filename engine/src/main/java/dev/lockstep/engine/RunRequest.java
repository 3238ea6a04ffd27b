package dev.lockstep.engine;

/**
 * A run asked for by a person.
 *
 * @param full read everything, even where an incremental read would do, and rewrite what is
 *     believed to be there already
 * @param allowDeletes let a mirror delete however much is gone
 */
public record RunRequest(boolean full, boolean allowDeletes) {}
