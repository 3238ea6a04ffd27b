package dev.lockstep.hub.batch;

/**
 * An item that failed.
 *
 * @param index its place, from 1
 * @param item as it was sent
 */
public record Failure(long index, String item, String message) {}
