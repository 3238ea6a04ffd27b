package dev.lockstep.engine;

import dev.lockstep.connector.Connection;
import dev.lockstep.engine.limit.LimitSpec;

/**
 * A system as the engine is given it: opened, with the limits the user set. The engine closes the
 * connection.
 *
 * @param connector the connector's name, for status
 */
public record SystemSpec(String name, String connector, Connection connection, LimitSpec limits) {}
