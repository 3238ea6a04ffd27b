package dev.lockstep.connector;

/**
 * A record that a source holds but that cannot be read as one: the engine keeps it whole as a dead
 * letter and goes on.
 *
 * @param place where it stands: {@code orders.csv, line 17}
 * @param fault what is wrong with it
 * @param remedy what to do about it
 * @param raw what was read, cut at 64 KiB by the connector
 */
public record Unreadable(String place, String fault, String remedy, String raw) {}
