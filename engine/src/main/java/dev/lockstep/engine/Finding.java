package dev.lockstep.engine;

import dev.lockstep.connector.Problem;

/**
 * Something that a check of the running systems found.
 *
 * @param place {@code systems.crm} or {@code syncs.balances}, as in the configuration
 * @param isError false for a warning
 */
public record Finding(String place, Problem problem, boolean isError) {}
