package dev.lockstep.server.config;

import dev.lockstep.connector.Connector;
import dev.lockstep.connector.Settings;
import dev.lockstep.engine.limit.LimitSpec;

/**
 * A system as the user declared it.
 *
 * @param settings checked by the connector; what is secret in them prints as stars
 * @param limits how much it may be asked
 */
public record ConfiguredSystem(
    String name, Connector connector, Settings settings, LimitSpec limits) {}
