package dev.lockstep.engine.delivery;

import dev.lockstep.connector.Change;
import java.time.Instant;

/**
 * A change that waits because its record was refused for now, or stands behind one that was.
 *
 * @param id the order in which changes were parked
 * @param owner who read it, and {@code sequence} its place there
 * @param attempts how often it was tried in vain
 */
public record Parked(
    long id,
    String owner,
    long sequence,
    String key,
    Change change,
    int attempts,
    Instant nextTry,
    String reason) {}
