package dev.lockstep.server.admin;

/**
 * A run that a person asks for.
 *
 * @param full read everything, even where an incremental read would do
 * @param allowDeletes let a mirror delete however much is gone
 */
public record RunOrder(boolean full, boolean allowDeletes) {}
