package dev.lockstep.connector;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What the engine lends a connection; time and chance come only from here, so that a simulation can
 * replay a run.
 *
 * @param system the system's name in the configuration
 * @param origin the name under which this installation's own writes are marked where the system can
 *     mark them
 * @param directory the folder of the configuration, against which relative paths are resolved
 * @param scratch a folder of this installation for files that no other start needs, which whoever
 *     makes them removes; made by the first who wants it
 */
public record ConnectorContext(
    String system,
    String origin,
    Path directory,
    Path scratch,
    InstantSource clock,
    RandomGenerator random,
    System.Logger logger) {}
