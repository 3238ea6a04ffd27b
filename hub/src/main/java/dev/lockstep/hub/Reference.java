package dev.lockstep.hub;

/**
 * A field that names an entry by its code, whose id is looked up when it is written.
 *
 * @param object what the entry is one of
 * @param missing what to say when it is not there
 */
public record Reference(String field, String object, String code, String missing) {}
